import { describe, expect, it } from 'vitest';
import { MAX_SENDS, repeatDelay } from '../../src/backends/http/repeat.ts';
import { UpstreamError, type UpstreamFailure } from '../../src/errors/upstream-error.ts';

type Failure = Omit<UpstreamFailure, 'backend'>;

const NEVER_LEFT: Failure = { kind: 'unavailable', sent: false, transient: true };
const NOT_TRUSTED: Failure = { kind: 'unavailable', sent: false };
const BROKEN: Failure = { kind: 'failed', sent: true, transient: true };
const TIMEOUT: Failure = { kind: 'timeout', sent: true };
const answered = (status: number, retryAfterMs?: number): Failure => ({
  kind: 'failed',
  sent: true,
  status,
  retryAfterMs,
});

function delayOf(failure: Failure, request: { write: boolean; sends?: number; remainingMs?: number }) {
  return repeatDelay(new UpstreamError({ backend: 'radar', ...failure }), {
    sends: 1,
    remainingMs: 10_000,
    ...request,
  });
}

/** Asserts a delay of at least `least`, and of less than `span` more, milliseconds; which one is left to chance. */
function expectDelay(delay: number | undefined, least: number, span: number): void {
  expect(delay).toBeGreaterThanOrEqual(least);
  expect(delay).toBeLessThan(least + span);
}

describe('repeatDelay of a write', () => {
  it.each([
    ['429 with a delay', answered(429, 500), 500],
    ['503 with a delay', answered(503, 500), 500],
    ['503 with a delay of nothing', answered(503, 0), 0],
  ])('waits as long as told after %s, and a little longer', (_what, failure, least) => {
    expectDelay(delayOf(failure, { write: true }), least, 100);
  });

  it('waits a little when the request never left', () => {
    expectDelay(delayOf(NEVER_LEFT, { write: true }), 0, 100);
  });

  it.each([
    ['429 without a delay', answered(429)],
    ['503 without a delay', answered(503)],
    ['500 with a delay', answered(500, 500)],
    ['502 with a delay', answered(502, 500)],
    ['504 with a delay', answered(504, 500)],
    ['425 with a delay', answered(425, 500)],
    ['a broken connection', BROKEN],
    ['no answer in time', TIMEOUT],
    ['a certificate that is not trusted', NOT_TRUSTED],
    ['409 with a delay', answered(409, 500)],
  ])('is never after %s', (_what, failure) => {
    expect(delayOf(failure, { write: true })).toBeUndefined();
  });
});

describe('repeatDelay of a read', () => {
  it.each([
    ['429', answered(429, 500)],
    ['503', answered(503, 500)],
    ['500', answered(500, 500)],
  ])('waits as long as told after %s with a delay, and a little longer', (_what, failure) => {
    expectDelay(delayOf(failure, { write: false }), 500, 100);
  });

  it('waits a little although told not to wait at all', () => {
    expectDelay(delayOf(answered(503, 0), { write: false }), 0, 100);
  });

  it.each([
    ['a request that never left', NEVER_LEFT],
    ['a broken connection', BROKEN],
    ['502', answered(502)],
    ['503', answered(503)],
    ['504', answered(504)],
  ])('waits a little after %s', (_what, failure) => {
    expectDelay(delayOf(failure, { write: false }), 0, 100);
  });

  it('waits up to twice as long before the third send, and never the same time for long', () => {
    const delays = Array.from({ length: 100 }, () => delayOf(BROKEN, { write: false, sends: 2 }));
    for (const delay of delays) expectDelay(delay, 0, 200);
    expect(Math.max(...delays.map(Number))).toBeGreaterThan(100);
    expect(Math.min(...delays.map(Number))).toBeLessThan(100);
  });

  it.each([
    ['500', answered(500)],
    ['429 without a delay', answered(429)],
    ['404', answered(404)],
    ['no answer in time', TIMEOUT],
    ['a certificate that is not trusted', NOT_TRUSTED],
  ])('is never after %s', (_what, failure) => {
    expect(delayOf(failure, { write: false })).toBeUndefined();
  });
});

describe('repeatDelay', () => {
  it.each([
    ['write', true],
    ['read', false],
  ])('allows a %s three sends in all', (_what, write) => {
    expect(MAX_SENDS).toBe(3);
    expectDelay(delayOf(answered(503, 500), { write, sends: 2 }), 500, 200);
    expect(delayOf(answered(503, 500), { write, sends: 3 })).toBeUndefined();
  });

  it.each([
    ['write', true],
    ['read', false],
  ])('never lets a %s wait past the deadline', (_what, write) => {
    expectDelay(delayOf(answered(503, 500), { write, remainingMs: 600 }), 500, 100);
    expect(delayOf(answered(503, 500), { write, remainingMs: 500 })).toBeUndefined();
    expect(delayOf(answered(503, 500), { write, remainingMs: -1 })).toBeUndefined();
  });
});
