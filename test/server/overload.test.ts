import { afterEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import {
  aegisterTarget,
  callsTo,
  expectFailure,
  expectSuccess,
  radarTarget,
  send,
  targets,
} from '../support/failing-calls.ts';
import { sendAndLeave } from '../support/leaving-client.ts';
import { sendMany } from '../support/many-calls.ts';
import { sample, whenSampled } from '../support/upstream-metrics.ts';
import { startWorld, type World } from '../support/world.ts';

const SHED = { code: 'UPSTREAM_UNAVAILABLE', retryable: true, upstream: { status: null, code: null } };

let world: World;
const prefixed = (prefix: string, settings: Record<string, string>) =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [`${prefix}_${name}`, value]));
afterEach(() => world.close());

describe('while Radar hangs and 500 calls want it', () => {
  it('110 of them are kept, the others refused with nothing sent, and Aegister answers as ever', async () => {
    const settings = { CONCURRENCY: '10', MAX_WAITING: '100', TIMEOUT_MS: '60000' };
    world = await startWorld({ ...prefixed('RADAR', settings), OPERATION_TIMEOUT_MS: '60000' });
    aegisterTarget.prepare(world);
    const held = fault.hold();
    world.radar.faults.always(held);
    const ended = sendMany(world, radarTarget, 'read', 500, 1);
    await whenSampled(world, 'upstream_shed_total{backend="radar",reason="queue_full"}', 390);

    expectSuccess(await send(world, aegisterTarget, 'write'), aegisterTarget.write);
    expect(await sample(world, 'upstream_requests_in_flight{backend="radar"}')).toBe(10);
    expect(await sample(world, 'upstream_requests_waiting{backend="radar"}')).toBe(100);
    // Those in flight may still be on their way.
    await world.radar.whenRequested(10);
    expect(callsTo(world, radarTarget)).toHaveLength(10);

    held.release();
    expect(await ended).toEqual({ OK: 110, UPSTREAM_UNAVAILABLE: 390 });
    expect(callsTo(world, radarTarget)).toHaveLength(110);
    expect(world.radar.maxInFlight).toBe(10);
    expect(await sample(world, 'upstream_requests_waiting{backend="radar"}')).toBe(0);
  });

  it('none is refused when they are pages of 50: a page begins what finds room, and eight reads in any case', async () => {
    const settings = { CONCURRENCY: '10', MAX_WAITING: '100', TIMEOUT_MS: '60000' };
    world = await startWorld({ ...prefixed('RADAR', settings), OPERATION_TIMEOUT_MS: '60000' });
    const held = fault.hold();
    world.radar.faults.always(held);
    const ended = sendMany(world, radarTarget, 'read', 10, 50);
    await whenSampled(world, 'upstream_requests_waiting{backend="radar"}', 72);
    // Those in flight may still be on their way.
    await world.radar.whenRequested(10);
    expect(callsTo(world, radarTarget)).toHaveLength(10);

    held.release();
    expect(await ended).toEqual({ OK: 500 });
    expect(callsTo(world, radarTarget)).toHaveLength(500);
    expect(world.radar.maxInFlight).toBe(10);
  });
});

describe.each(targets)('the queue to $name', (target) => {
  const standIn = () => target.standIn(world);
  const waiting = `upstream_requests_waiting{backend="${target.name}"}`;

  it('does not keep a call whose client has left, and never sends it', async () => {
    world = await startWorld(prefixed(target.prefix, { CONCURRENCY: '1' }));
    target.prepare(world);
    const held = fault.hold();
    standIn().faults.once(held);
    const first = send(world, target, 'write');
    await held.arrived;
    const client = await sendAndLeave(world, target.write.query, target.write.variables);
    await whenSampled(world, waiting, 1);

    await client.leave();

    expect(await client.logged()).toMatchObject({
      outcomes: ['NOT_APPLIED'],
      causes: [{ kind: 'cancelled', sent: false }],
    });
    expect(await sample(world, waiting)).toBe(0);
    held.release();
    expectSuccess(await first, target.write);
    target.prepare(world);
    expectSuccess(await send(world, target, 'read'), target.read);
    expect(callsTo(world, target)).toEqual([target.writeCall, target.readCall]);
  });

  it('is emptied with nothing sent when the breaker opens', async () => {
    world = await startWorld(
      prefixed(target.prefix, { CONCURRENCY: '1', BREAKER_FAILURES: '1', BREAKER_COOL_DOWN_MS: '600000' }),
    );
    target.prepare(world);
    const held = fault.hold({ then: fault.html(500) });
    standIn().faults.once(held);
    const first = send(world, target, 'write');
    await held.arrived;
    const others = Array.from({ length: 20 }, () => send(world, target, 'write'));
    await whenSampled(world, waiting, 20);

    held.release();

    expect((await first).errors).toMatchObject([{ extensions: { code: 'UPSTREAM_ERROR', outcome: 'UNKNOWN' } }]);
    for (const answer of await Promise.all(others)) {
      expectFailure(answer, target, 'write', { ...SHED, outcome: 'NOT_APPLIED' });
    }
    expect(callsTo(world, target)).toEqual([target.writeCall]);
  });

  it('may be switched off: what cannot be sent at once is refused at once', async () => {
    world = await startWorld(prefixed(target.prefix, { CONCURRENCY: '1', MAX_WAITING: '0' }));
    target.prepare(world);
    const held = fault.hold();
    standIn().faults.once(held);
    const first = send(world, target, 'write');
    await held.arrived;
    expectFailure(await send(world, target, 'read'), target, 'read', SHED);
    held.release();
    expectSuccess(await first, target.write);
  });

  it('is not filled by one operation, however many reads it needs', async () => {
    world = await startWorld(prefixed(target.prefix, { CONCURRENCY: '64', MAX_WAITING: '40' }));
    const type = target === aegisterTarget ? 'Incident' : 'ServiceAssetFinding';
    const ids = Array.from({ length: 300 }, (_, index) => index + 1);
    const uuid = (id: number) => `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
    for (const id of ids) {
      if (target === aegisterTarget) world.aegister.putIncident({ organization_id: 7, id, title: String(id) });
      else world.radar.putFinding({ id: uuid(id), title: String(id) });
    }
    const representations = ids.map((id) =>
      type === 'Incident' ? { __typename: type, organizationId: 7, id } : { __typename: type, id: uuid(id) },
    );

    const { data, errors } = await world.send(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { title } } }`,
      { r: representations },
    );

    expect(errors).toBeUndefined();
    expect(data).toEqual({ _entities: ids.map((id) => ({ title: String(id) })) });
    expect(callsTo(world, target)).toHaveLength(300);
  });
});

describe.each(targets)('repeats to $name', (target) => {
  const BUSY = fault.answer(503, { 'retry-after': '0' }, target.refusal(503, 'Later'));

  it.each(['read', 'write'] as const)('of a %s are at most a fifth of the calls, and a reserve', async (moment) => {
    world = await startWorld(
      prefixed(target.prefix, { CONCURRENCY: '10', BREAKER_FAILURES: '0', TIMEOUT_MS: '60000' }),
    );
    target.standIn(world).faults.always(BUSY);

    expect(await sendMany(world, target, moment, 15, 20)).toEqual({ OK: 0, UPSTREAM_UNAVAILABLE: 300 });

    const repeats = callsTo(world, target).length - 300;
    expect(repeats).toBeLessThanOrEqual(10 + 60);
    expect(repeats).toBeGreaterThanOrEqual(10);
    expect(await sample(world, `upstream_repeats_total{backend="${target.name}",result="sent"}`)).toBe(repeats);
    const refused = await sample(world, `upstream_repeats_total{backend="${target.name}",result="refused"}`);
    expect(refused).toBeGreaterThan(200);
  });

  it('end when the breaker opens: a backend that is down is asked no more than that', async () => {
    world = await startWorld(prefixed(target.prefix, { CONCURRENCY: '10', BREAKER_COOL_DOWN_MS: '600000' }));
    target.standIn(world).faults.always(BUSY);

    expect(await sendMany(world, target, 'read', 15, 20)).toEqual({ OK: 0, UPSTREAM_UNAVAILABLE: 300 });

    // A hundred failures open it; what was under way just then is answered too.
    expect(callsTo(world, target).length).toBeLessThanOrEqual(110);
  });
});
