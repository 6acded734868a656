import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { KeySetEndpoint } from '../../src/access/key-set-endpoint.ts';
import { KeySource } from '../../src/access/key-source.ts';
import { KeysUnavailableError } from '../../src/access/keys-unavailable-error.ts';
import { fault } from '../stand-ins/faults.ts';
import { startTokenIssuer, type TokenIssuer } from '../stand-ins/token-issuer.ts';

const MINUTE = 60_000;

let issuer: TokenIssuer;
let endpoint: KeySetEndpoint;
beforeAll(async () => {
  issuer = await startTokenIssuer();
  endpoint = new KeySetEndpoint({ url: new URL(issuer.keySetUrl), ca: undefined, timeoutMs: 5_000 });
});
beforeEach(() => {
  issuer.faults.clear();
  issuer.clearRequests();
});
afterAll(async () => {
  await endpoint.close();
  await issuer.close();
});

/** Keys read from the real issuer, by a clock of the test. */
function createSource() {
  const clock = { now: 0 };
  const failures: (string | undefined)[] = [];
  let reported: () => void = () => undefined;
  const source = new KeySource({
    read: () => endpoint.read(),
    report: (failure) => {
      failures.push(failure);
      reported();
    },
    now: () => clock.now,
  });
  const find = (kid = issuer.key.kid) => source.find({ alg: 'ES256', kid }, { payload: '', signature: '' });
  /** Settles when the next read is over. */
  const nextRead = () =>
    new Promise<void>((resolve) => {
      reported = resolve;
    });
  return { source, clock, failures, find, nextRead };
}

describe('keys of the issuer', () => {
  it('are read when first asked for', async () => {
    const { source, find } = createSource();
    expect([source.version, issuer.requests.length]).toEqual([undefined, 0]);
    expect((await find()).type).toBe('public');
    expect([source.version, issuer.requests.length]).toEqual([1, 1]);
  });

  it('are read again after five minutes, while the old ones are used', async () => {
    const { source, clock, find, nextRead } = createSource();
    await find();
    clock.now = 5 * MINUTE;
    await find();
    expect(issuer.requests).toHaveLength(1);
    clock.now += 1;
    const read = nextRead();
    await find();
    await read;
    expect([issuer.requests.length, source.version]).toEqual([2, 1]);
  });

  it('count as others only when they have changed', async () => {
    const { source, clock, find, nextRead } = createSource();
    await find();
    await issuer.rotate();
    clock.now = 5 * MINUTE + 1;
    const read = nextRead();
    expect(source.version).toBe(1);
    await read;
    expect(source.version).toBe(2);
  });

  it('are believed for an hour after the issuer went down, and not longer', async () => {
    const { source, clock, find, failures, nextRead } = createSource();
    await find();
    issuer.faults.always(fault.answer(503));
    clock.now = 60 * MINUTE;
    const read = nextRead();
    await find();
    await read;
    clock.now += 1;
    await expect(find()).rejects.toBeInstanceOf(KeysUnavailableError);
    expect([source.version, failures.at(-1)]).toEqual([undefined, 'status 503']);
    clock.now += MINUTE;
    issuer.faults.clear();
    expect((await find()).type).toBe('public');
  });

  it('are asked for five times in a row at most, then every ten seconds, when the issuer is down', async () => {
    const { clock, find } = createSource();
    issuer.faults.always(fault.answer(500));
    for (let attempt = 0; attempt < 20; attempt += 1) await expect(find()).rejects.toThrow(KeysUnavailableError);
    expect(issuer.requests).toHaveLength(5);
    clock.now = 9_999;
    await expect(find()).rejects.toThrow(KeysUnavailableError);
    expect(issuer.requests).toHaveLength(5);
    clock.now = 10_000;
    for (let attempt = 0; attempt < 20; attempt += 1) await expect(find()).rejects.toThrow(KeysUnavailableError);
    expect(issuer.requests).toHaveLength(6);
    clock.now = 24 * 60 * MINUTE;
    for (let attempt = 0; attempt < 20; attempt += 1) await expect(find()).rejects.toThrow(KeysUnavailableError);
    expect(issuer.requests).toHaveLength(11);
  });

  it('are read once for all who ask at the same time', async () => {
    const { find } = createSource();
    const held = fault.hold();
    issuer.faults.once(held);
    const finding = Promise.all(Array.from({ length: 20 }, () => find()));
    await held.arrived;
    held.release();
    expect(await finding).toHaveLength(20);
    expect(issuer.requests).toHaveLength(1);
  });

  it('that an issuer withdraws altogether let nobody in', async () => {
    const { find } = createSource();
    issuer.faults.always(fault.answer(200, {}, { keys: [] }));
    await expect(find()).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });
});
