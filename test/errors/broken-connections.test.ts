import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault, type Fault } from '../stand-ins/faults.ts';
import { callsTo, expectFailure, expectSuccess, send, targets } from '../support/failing-calls.ts';
import { startWatchedWorld, type WatchedWorld } from '../support/watched-world.ts';

const NO_ANSWER = { upstream: { status: null, code: null } };

describe.each(targets)('a connection to $name', (target) => {
  let world: WatchedWorld;
  beforeAll(async () => {
    world = await startWatchedWorld();
  });
  beforeEach(async () => {
    world.reset();
    target.prepare(world);
    await target.standIn(world).restart();
  });
  afterEach(() => {
    expect(world.leaks()).toEqual([]);
  });
  afterAll(() => world.close());

  const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
  const applied = { applied: true } as const;
  const lost: readonly { readonly how: string; readonly play: Fault }[] = [
    { how: 'reset before the headers', play: fault.resetBeforeHeaders(applied) },
    { how: 'ended before the headers', play: fault.endBeforeHeaders(applied) },
    { how: 'reset after the headers', play: fault.resetAfterHeaders(applied) },
    { how: 'reset inside the body', play: fault.resetInsideBody(applied) },
    { how: 'ended inside the body', play: fault.endInsideBody(applied) },
    { how: 'ended inside a chunked body', play: fault.chunkedTruncated(applied) },
    { how: 'ended inside the headers', play: fault.rawBytes(head, applied) },
    { how: 'reset inside the headers', play: fault.rawBytes(head, { ...applied, ending: 'reset' }) },
    {
      how: 'ended inside a body that was announced as the last',
      play: fault.rawBytes(`${head}Content-Length: 400\r\nConnection: close\r\n\r\n{"error":0,"da`, applied),
    },
    {
      how: 'ended inside a chunked body that was announced as the last',
      play: fault.rawBytes(`${head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n64\r\n{"error"`, applied),
    },
    {
      how: 'ended between two chunks',
      play: fault.rawBytes(`${head}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\n{"e\r\n`, applied),
    },
  ];

  it.each(lost)('$how is UPSTREAM_ERROR with outcome UNKNOWN on a mutation, sent once', async ({ play }) => {
    target.standIn(world).faults.always(play);

    expectFailure(await send(world, target, 'write'), target, 'write', {
      code: 'UPSTREAM_ERROR',
      retryable: false,
      outcome: 'UNKNOWN',
      ...NO_ANSWER,
    });
    expect(callsTo(world, target)).toEqual([target.writeCall]);
    expect(target.isWritten(world)).toBe(true);
  });

  it.each(lost)('$how is UPSTREAM_ERROR on a read, retryable', async ({ play }) => {
    target.standIn(world).faults.always(play);

    expectFailure(await send(world, target, 'read'), target, 'read', {
      code: 'UPSTREAM_ERROR',
      retryable: true,
      ...NO_ANSWER,
    });
  });

  it('refused is UPSTREAM_UNAVAILABLE, nothing applied, and works again once the backend is back', async () => {
    await target.standIn(world).stop();

    const refused = { code: 'UPSTREAM_UNAVAILABLE', retryable: true, ...NO_ANSWER };
    expectFailure(await send(world, target, 'write'), target, 'write', { ...refused, outcome: 'NOT_APPLIED' });
    expectFailure(await send(world, target, 'read'), target, 'read', refused);
    expect(callsTo(world, target)).toEqual([]);

    await target.standIn(world).restart();
    expectSuccess(await send(world, target, 'write'), target.write);
    expect(callsTo(world, target)).toEqual([target.writeCall]);
  });

  it('that the backend closed while it was idle is replaced, and the write is sent once', async () => {
    expectSuccess(await send(world, target, 'read'), target.read);
    await target.standIn(world).dropConnections();

    expectSuccess(await send(world, target, 'write'), target.write);
    expect(callsTo(world, target)).toEqual([target.readCall, target.writeCall]);
  });
});

describe.each(targets)('an address of $name that no DNS knows', (target) => {
  let world: WatchedWorld;
  beforeAll(async () => {
    world = await startWatchedWorld({ [`${target.prefix}_BASE_URL`]: 'http://nonexistent.invalid' }, []);
  });
  afterAll(() => world.close());

  it('is UPSTREAM_UNAVAILABLE with nothing applied', async () => {
    const unavailable = { code: 'UPSTREAM_UNAVAILABLE', retryable: true, ...NO_ANSWER };

    const answers = [await send(world, target, 'write'), await send(world, target, 'read')] as const;

    expectFailure(answers[0], target, 'write', { ...unavailable, outcome: 'NOT_APPLIED' });
    expectFailure(answers[1], target, 'read', unavailable);
    expect(answers.map(({ text }) => text.includes('nonexistent'))).toEqual([false, false]);
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
    expect(world.leaks()).toEqual([]);
  });
});
