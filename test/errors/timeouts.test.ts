import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault, type Fault } from '../stand-ins/faults.ts';
import {
  aegisterTarget,
  callsTo,
  expectFailure,
  expectSuccess,
  radarTarget,
  send,
  targets,
} from '../support/failing-calls.ts';
import { startWatchedWorld, type WatchedWorld } from '../support/watched-world.ts';

const applied = { applied: true } as const;
const NO_ANSWER = { upstream: { status: null, code: null } };
const WRITE_TIMEOUT = { code: 'UPSTREAM_TIMEOUT', retryable: false, outcome: 'UNKNOWN', ...NO_ANSWER } as const;
const READ_TIMEOUT = { code: 'UPSTREAM_TIMEOUT', retryable: true, ...NO_ANSWER };

describe.each([
  ...targets.map((target) => ({ target, setting: `${target.prefix}_TIMEOUT_MS` })),
  ...targets.map((target) => ({ target, setting: 'OPERATION_TIMEOUT_MS' })),
])('$target.name slower than $setting', ({ target, setting }) => {
  let world: WatchedWorld;
  beforeAll(async () => {
    // Enough for a request to leave even a busy machine: nothing but the deadline may end these calls.
    world = await startWatchedWorld({ [setting]: '500' });
  });
  beforeEach(() => {
    world.reset();
    target.prepare(world);
  });
  afterEach(() => {
    expect(world.leaks()).toEqual([]);
  });
  afterAll(() => world.close());

  const hanging: readonly { readonly where: string; readonly play: Fault }[] = [
    { where: 'before the headers', play: fault.hangBeforeHeaders(applied) },
    { where: 'after the headers', play: fault.hangAfterHeaders(applied) },
    { where: 'inside the body', play: fault.hangInsideBody(applied) },
    { where: 'byte by byte, never idle for long', play: fault.dripFeed({ ...applied, everyMs: 10 }) },
  ];

  it.each(hanging)('$where is UPSTREAM_TIMEOUT, a mutation sent once with outcome UNKNOWN', async ({ play }) => {
    target.standIn(world).faults.always(play);

    expectFailure(await send(world, target, 'write'), target, 'write', WRITE_TIMEOUT);
    expect(callsTo(world, target)).toEqual([target.writeCall]);
    expect(target.isWritten(world)).toBe(true);
  });

  it.each(hanging)('$where is UPSTREAM_TIMEOUT on a read, retryable', async ({ play }) => {
    target.standIn(world).faults.always(play);

    expectFailure(await send(world, target, 'read'), target, 'read', READ_TIMEOUT);
  });

  it('costs only its own field', async () => {
    const other = target === aegisterTarget ? radarTarget : aegisterTarget;
    other.prepare(world);
    target.standIn(world).faults.always(fault.hangBeforeHeaders());
    const query = `query { incident(organizationId: "3071", id: "1024") { title }
      incidentGroup(id: "8dd797f6-9edf-4860-92c7-8e43f2be3a91") { title } }`;

    const answer = await world.send(query);

    expect(answer.data).toEqual({ ...other.read.success, [target.read.field]: null });
    expect(answer.errors).toMatchObject([{ path: [target.read.field], extensions: READ_TIMEOUT }]);
  });

  it('gives the connection up, so that a late answer reaches nobody', async () => {
    const held = fault.hold();
    target.standIn(world).faults.once(held);

    expectFailure(await send(world, target, 'write'), target, 'write', WRITE_TIMEOUT);
    const [request] = target.standIn(world).requests;
    held.release();

    expect(await request?.ended).toBe('dropped');
    target.prepare(world);
    expectSuccess(await send(world, target, 'read'), target.read);
  });
});

describe('reads of one operation that wait behind one in flight when its time is over', () => {
  let world: WatchedWorld;
  beforeAll(async () => {
    world = await startWatchedWorld({ AEGISTER_CONCURRENCY: '1', OPERATION_TIMEOUT_MS: '500' });
  });
  afterAll(() => world.close());

  it('end with it and take no connection', async () => {
    world.aegister.faults.once(fault.hangBeforeHeaders());
    const reads = [1, 2, 3, 4].map((id) => `read${id}: incident(organizationId: "7", id: "${id}") { title }`);

    const answer = await world.send(`{ ${reads.join(' ')} }`);

    expect(answer.errors).toMatchObject(reads.map(() => ({ extensions: READ_TIMEOUT })));
    aegisterTarget.prepare(world);
    expectSuccess(await send(world, aegisterTarget, 'read'), aegisterTarget.read);
    expect(world.aegister.connectionCount).toBe(2);
  });
});

describe('a write that is still queued for the only connection when its time is over', () => {
  let world: WatchedWorld;
  beforeAll(async () => {
    world = await startWatchedWorld({ AEGISTER_CONCURRENCY: '1', OPERATION_TIMEOUT_MS: '2000' });
  });
  afterAll(() => world.close());

  it('is UPSTREAM_TIMEOUT with outcome NOT_APPLIED, and never arrives', async () => {
    aegisterTarget.prepare(world);
    radarTarget.prepare(world);
    const mutation = `mutation { updateIncidentGroup(input: { id: "8dd797f6-9edf-4860-92c7-8e43f2be3a91", title: "First" }) {
      incidentGroup { id } } updateIncident(input: { organizationId: "3071", id: "1025", title: "Queued" }) { incident { id } } }`;
    const groupWrite = fault.hold();
    world.radar.faults.once(groupWrite, { method: 'PUT' });
    const incidentWrite = fault.hold();
    world.aegister.faults.once(incidentWrite);

    // Its clock starts first; it comes to its second field only when the connection is taken.
    const early = world.send(mutation);
    await groupWrite.arrived;
    // Radar has this read wait for a second, so that the operation sent next has a later deadline by that much.
    world.radar.faults.once(fault.answer(503, { 'retry-after': '1' }), { method: 'GET' });
    expectSuccess(await send(world, radarTarget, 'read'), {
      ...radarTarget.read,
      success: { incidentGroup: { title: 'First' } },
    });
    const late = send(world, aegisterTarget, 'write');
    await incidentWrite.arrived;
    groupWrite.release();

    const answer = await early;
    expect(answer.data).toMatchObject({ updateIncidentGroup: { incidentGroup: {} }, updateIncident: null });
    expect(answer.errors).toEqual([
      {
        message: 'The backend did not answer in time. Nothing was changed.',
        locations: [{ line: 2, column: 30 }],
        path: ['updateIncident'],
        extensions: {
          code: 'UPSTREAM_TIMEOUT',
          retryable: false,
          outcome: 'NOT_APPLIED',
          upstream: { name: 'aegister', status: null, code: null },
          correlationId: answer.headers.get('x-correlation-id'),
        },
      },
    ]);

    incidentWrite.release();
    expectSuccess(await late, aegisterTarget.write);
    // A later request over the same single connection: whatever was still queued would have come before it.
    await send(world, aegisterTarget, 'read');
    expect(callsTo(world, aegisterTarget)).toEqual([aegisterTarget.writeCall, aegisterTarget.readCall]);
    expect(world.aegister.incident(3071, 1025)?.title).not.toBe('Queued');
    expect(world.leaks()).toEqual([]);
  });
});
