import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault, type Fault } from '../stand-ins/faults.ts';
import { callsTo, expectFailure, expectSuccess, send, targets } from '../support/failing-calls.ts';
import { startWatchedWorld, type WatchedWorld } from '../support/watched-world.ts';

describe.each(targets)('a call to $name', (target) => {
  let world: WatchedWorld;
  beforeAll(async () => {
    world = await startWatchedWorld();
  });
  beforeEach(async () => {
    await target.standIn(world).restart();
    world.reset();
    target.prepare(world);
  });
  afterEach(() => {
    expect(world.leaks()).toEqual([]);
  });
  afterAll(() => world.close());

  /** How many sends to this backend ended as unavailable so far, by the service's own count. */
  async function unavailableSends(): Promise<number> {
    const metrics = await (await fetch(`${world.url}/metrics`)).text();
    const lines = metrics.split('\n').filter((line) => line.startsWith('upstream_request_duration_seconds_count'));
    const own = lines.filter((line) => line.includes(`"${target.name}"`) && line.includes('result="unavailable"'));
    return own.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  it('that was refused is repeated, and the write arrives exactly once', async () => {
    const before = await unavailableSends();
    await target.standIn(world).stop();

    const pending = send(world, target, 'write');
    // No clock of the test's own: the backend comes back as soon as the first connection has been refused.
    while ((await unavailableSends()) === before);
    await target.standIn(world).restart();

    expectSuccess(await pending, target.write);
    expect(callsTo(world, target)).toEqual([target.writeCall]);
  });

  const passing: readonly { readonly how: string; readonly play: Fault }[] = [
    { how: 'a reset before the headers', play: fault.resetBeforeHeaders() },
    { how: 'an end before the headers', play: fault.endBeforeHeaders() },
    { how: 'a reset inside the body', play: fault.resetInsideBody() },
    { how: '502', play: fault.html(502) },
    { how: '503', play: fault.html(503) },
    { how: '503 with Retry-After: 0', play: fault.answer(503, { 'retry-after': '0' }) },
    { how: '504', play: fault.html(504) },
    { how: '429 with Retry-After: 0', play: fault.answer(429, { 'retry-after': '0' }) },
  ];

  it.each(passing)('that reads is repeated after $how and succeeds', async ({ play }) => {
    target.standIn(world).faults.once(play);

    expectSuccess(await send(world, target, 'read'), target.read);
    expect(callsTo(world, target)).toEqual([target.readCall, target.readCall]);
  });

  it.each([
    { how: 'a refusal', play: fault.answer(400, {}, target.refusal(400, 'No')), code: 'BAD_USER_INPUT' },
    {
      how: 'a refused credential',
      play: fault.answer(401, {}, target.refusal(401, 'No')),
      code: 'UPSTREAM_AUTH_FAILED',
    },
    { how: 'an unusable answer', play: fault.malformedJson(), code: 'UPSTREAM_BAD_RESPONSE' },
    { how: 'an error in a 200', play: fault.answer(200, {}, target.refusal(7, 'No')), code: 'UPSTREAM_REJECTED' },
    { how: 'a missing record', play: fault.answer(404, {}, target.refusal(404, 'No')), code: undefined },
  ])('that reads is not repeated after $how', async ({ play, code }) => {
    target.standIn(world).faults.always(play);

    const answer = await send(world, target, 'read');

    expect(answer.errors?.[0]?.extensions['code']).toBe(code);
    expect(callsTo(world, target)).toEqual([target.readCall]);
  });

  it('that reads gives up in the end, and says that it may be tried again', async () => {
    target.standIn(world).faults.always(fault.html(503));

    expectFailure(await send(world, target, 'read'), target, 'read', {
      code: 'UPSTREAM_UNAVAILABLE',
      retryable: true,
      upstream: { status: 503, code: null },
    });
    expect(callsTo(world, target)).toHaveLength(3);
  });

  it('that reads does not wait for a Retry-After beyond the deadline, and reports it', async () => {
    target.standIn(world).faults.always(fault.answer(429, { 'retry-after': '3600' }, Buffer.alloc(0)));

    expectFailure(await send(world, target, 'read'), target, 'read', {
      code: 'RATE_LIMITED',
      retryable: true,
      upstream: { status: 429, code: null },
      retryAfterMs: 3_600_000,
    });
    expect(callsTo(world, target)).toEqual([target.readCall]);
  });

  it.each([429, 503])('that writes is not repeated after %i without Retry-After', async (status) => {
    target.standIn(world).faults.once(fault.answer(status, {}, target.refusal(status, 'Later')));

    const answer = await send(world, target, 'write');

    expect(answer.errors).toMatchObject([{ extensions: { retryable: true, outcome: 'NOT_APPLIED' } }]);
    expect(callsTo(world, target)).toEqual([target.writeCall]);
    expect(target.isWritten(world)).toBe(false);
  });

  it('that writes is not stopped by a sibling write that failed', async () => {
    target.standIn(world).faults.once(fault.resetBeforeHeaders());
    const { field, query, variables } = target.write;
    const selection = query.slice(query.indexOf(field), query.lastIndexOf('}'));

    const answer = await world.send(query.replace(selection, `a: ${selection} b: ${selection}`), variables);

    expect(answer.data).toEqual({ a: null, b: target.write.success[field] });
    expect(answer.errors).toMatchObject([{ path: ['a'], extensions: { code: 'UPSTREAM_ERROR', outcome: 'UNKNOWN' } }]);
    expect(callsTo(world, target)).toEqual([target.writeCall, target.writeCall]);
  });
});
