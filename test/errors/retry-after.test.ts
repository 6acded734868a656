import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { callsTo, expectFailure, expectSuccess, send, targets } from '../support/failing-calls.ts';
import { startWatchedWorld, type WatchedWorld } from '../support/watched-world.ts';

let world: WatchedWorld;
beforeAll(async () => {
  world = await startWatchedWorld();
});
beforeEach(() => {
  world.reset();
});
afterEach(() => {
  expect(world.leaks()).toEqual([]);
});
afterAll(() => world.close());

const statuses = [
  { status: 429, code: 'RATE_LIMITED' },
  { status: 503, code: 'UPSTREAM_UNAVAILABLE' },
];

describe.each(targets)('a write to $name that meets Retry-After', (target) => {
  beforeEach(() => {
    target.prepare(world);
  });

  describe.each(statuses)('under $status', ({ status, code }) => {
    const delayed = (retryAfter?: string, times = Infinity) => {
      const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
      const planted = fault.answer(status, headers, target.refusal(status, 'Later'));
      if (times === Infinity) target.standIn(world).faults.always(planted);
      else target.standIn(world).faults.times(times, planted);
    };
    const refused = {
      code,
      retryable: true,
      outcome: 'NOT_APPLIED',
      upstream: { status, code: target.refusalCode(status) },
      ...(status < 500 && { issues: [{ path: null, code: 'UPSTREAM_MESSAGE', message: 'Later' }] }),
    } as const;

    it.each(['0', '1', 'Sun, 06 Nov 1994 08:49:37 GMT'])('is repeated after "%s" and succeeds', async (retryAfter) => {
      delayed(retryAfter, 1);

      expectSuccess(await send(world, target, 'write'), target.write);
      expect(callsTo(world, target)).toEqual([target.writeCall, target.writeCall]);
      const [first, second] = target.standIn(world).requests;
      expect(second?.bodyBytes).toEqual(first?.bodyBytes);
    });

    it('is given up in the end when the backend keeps asking to wait, and reports the last delay', async () => {
      delayed('0');

      expectFailure(await send(world, target, 'write'), target, 'write', { ...refused, retryAfterMs: 0 });
      expect(callsTo(world, target)).toHaveLength(3);
      expect(target.isWritten(world)).toBe(false);
    });

    it.each([
      { retryAfter: '30', retryAfterMs: 30_000 },
      { retryAfter: '3600', retryAfterMs: 3_600_000 },
    ])('is not repeated when "$retryAfter" lies beyond the deadline', async ({ retryAfter, retryAfterMs }) => {
      delayed(retryAfter);

      expectFailure(await send(world, target, 'write'), target, 'write', { ...refused, retryAfterMs });
      expect(callsTo(world, target)).toEqual([target.writeCall]);
    });

    it('is not repeated when an HTTP date lies beyond the deadline, and reports it in milliseconds', async () => {
      const soon = new Date(Date.now() + 3_600_000);
      delayed(soon.toUTCString());

      const answer = await send(world, target, 'write');

      const reported = Number(answer.errors?.[0]?.extensions['retryAfterMs']);
      expect(Number.isInteger(reported)).toBe(true);
      expect(reported).toBeGreaterThan(3_600_000 - 60_000);
      expect(reported).toBeLessThanOrEqual(3_600_000);
      expectFailure(answer, target, 'write', { ...refused, retryAfterMs: reported });
      expect(callsTo(world, target)).toEqual([target.writeCall]);
    });

    it.each([undefined, '', 'soon', '-1', '0.5', '1e3', '0x10', 'Sun, 99 Foo 2099 08:49:37 GMT'])(
      'is sent once when the header is %j',
      async (retryAfter) => {
        delayed(retryAfter);

        expectFailure(await send(world, target, 'write'), target, 'write', refused);
        expect(callsTo(world, target)).toEqual([target.writeCall]);
        expect(target.isWritten(world)).toBe(false);
      },
    );
  });

  // Only 429 and 503 say that nothing was done; under any other status a second send could be a second write.
  it.each([
    { status: 400, code: 'BAD_USER_INPUT', outcome: 'NOT_APPLIED', retryable: false },
    { status: 408, code: 'UPSTREAM_TIMEOUT', outcome: 'UNKNOWN', retryable: false },
    { status: 413, code: 'UPSTREAM_REJECTED', outcome: 'NOT_APPLIED', retryable: false },
    { status: 425, code: 'UPSTREAM_UNAVAILABLE', outcome: 'NOT_APPLIED', retryable: true },
    { status: 500, code: 'UPSTREAM_ERROR', outcome: 'UNKNOWN', retryable: false },
    { status: 502, code: 'UPSTREAM_ERROR', outcome: 'UNKNOWN', retryable: false },
    { status: 504, code: 'UPSTREAM_ERROR', outcome: 'UNKNOWN', retryable: false },
    { status: 301, code: 'UPSTREAM_BAD_RESPONSE', outcome: 'UNKNOWN', retryable: false },
  ] as const)('is sent once under $status, and the delay is reported', async ({ status, ...expected }) => {
    target.standIn(world).faults.always(htmlWithDelay(status));

    expectFailure(await send(world, target, 'write'), target, 'write', {
      ...expected,
      upstream: { status, code: null },
      retryAfterMs: 0,
    });
    expect(callsTo(world, target)).toEqual([target.writeCall]);
  });

  it('is not sent a third time when the second send breaks, and its outcome is UNKNOWN', async () => {
    target.standIn(world).faults.once(fault.answer(503, { 'retry-after': '0' }, target.refusal(503, 'Later')));
    target.standIn(world).faults.once(fault.resetBeforeHeaders({ applied: true }));

    expectFailure(await send(world, target, 'write'), target, 'write', {
      code: 'UPSTREAM_ERROR',
      retryable: false,
      outcome: 'UNKNOWN',
      upstream: { status: null, code: null },
    });
    expect(callsTo(world, target)).toEqual([target.writeCall, target.writeCall]);
    expect(target.isWritten(world)).toBe(true);
  });
});

function htmlWithDelay(status: number) {
  return fault.answer(status, { 'retry-after': '0', 'content-type': 'text/html' }, Buffer.from('<p>Later</p>'));
}
