import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { expectSuccess, radarTarget, send, targets } from '../support/failing-calls.ts';
import { sendAndLeave } from '../support/leaving-client.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

async function metrics(): Promise<string> {
  return (await fetch(`${world.url}/metrics`)).text();
}

const cancelled = (sent: boolean) => [expect.objectContaining({ kind: 'cancelled', sent }) as object];

describe.each(targets)('when the client of an operation at $name leaves', (target) => {
  beforeEach(async () => {
    world = await startWorld({
      [`${target.prefix}_CONCURRENCY`]: '1',
      [`${target.prefix}_TIMEOUT_MS`]: '60000',
      OPERATION_TIMEOUT_MS: '60000',
    });
    target.prepare(world);
  });
  const standIn = () => target.standIn(world);

  it('a read in flight is given up, and its place goes to the next call', async () => {
    const hanging = standIn().faults.once(fault.hangBeforeHeaders());
    const client = await sendAndLeave(world, target.read.query, target.read.variables);
    const request = await hanging.arrived;

    await client.leave();

    expect(await request.ended).toBe('dropped');
    expect(await client.logged()).toMatchObject({ level: 'warn', clientLeft: true, causes: cancelled(true) });
    expectSuccess(await send(world, target, 'read'), target.read);
    const text = await metrics();
    expect(text).toContain('graphql_clients_left_total{type="query"} 1\n');
    expect(text).not.toMatch(/^graphql_errors_total\{/m);
  });

  it('a write in flight is awaited, and the log says what became of it', async () => {
    const held = fault.hold();
    standIn().faults.once(held);
    const client = await sendAndLeave(world, target.write.query, target.write.variables);
    const request = await held.arrived;

    await client.leave();
    held.release();

    expect(await client.logged()).toMatchObject({ level: 'info', clientLeft: true, outcomes: ['APPLIED'] });
    expect(await request.ended).toBe('answered');
  });

  it('a write in flight that is never answered ends UNKNOWN with the time of the operation', async () => {
    const hanging = standIn().faults.once(fault.hangBeforeHeaders({ applied: true }));
    const time = { 'x-operation-timeout-ms': '2000' };
    const client = await sendAndLeave(world, target.write.query, target.write.variables, time);
    await hanging.arrived;

    await client.leave();

    expect(await client.logged()).toMatchObject({
      clientLeft: true,
      outcomes: ['UNKNOWN'],
      codes: ['UPSTREAM_TIMEOUT'],
    });
  });

  it('a write in flight is not repeated, even where it would be otherwise', async () => {
    const busy = fault.answer(503, { 'retry-after': '0' }, target.refusal(503, 'Later'));
    const held = fault.hold({ then: busy });
    standIn().faults.once(held);
    const client = await sendAndLeave(world, target.write.query, target.write.variables);
    await held.arrived;

    await client.leave();
    held.release();

    expect(await client.logged()).toMatchObject({ outcomes: ['NOT_APPLIED'], codes: ['UPSTREAM_UNAVAILABLE'] });
    expect(standIn().requests).toHaveLength(1);
  });

  it.each(['read', 'write'] as const)('a %s that waits to be repeated is not', async (moment) => {
    standIn().faults.always(fault.answer(503, { 'retry-after': '30' }, target.refusal(503, 'Later')));
    const { query, variables } = target[moment];
    const client = await sendAndLeave(world, query, variables);
    // The answer has been taken in when it is counted; what follows in the same breath is the wait.
    await vi.waitFor(async () => expect(await metrics()).toContain('result="unavailable"'), 10_000);

    await client.leave();

    expect(await client.logged()).toMatchObject({ clientLeft: true, codes: ['UPSTREAM_UNAVAILABLE'] });
    expect(standIn().requests).toHaveLength(1);
  });

  it('the writes of its later root fields are not sent', async () => {
    const { field, query, variables } = target.write;
    const selection = query.slice(query.indexOf(field), query.lastIndexOf('}'));
    const mutation = query.replace(
      selection,
      `first: ${selection} __typename second: ${selection} third: ${selection}`,
    );
    const held = fault.hold();
    standIn().faults.once(held);
    const client = await sendAndLeave(world, mutation, variables);
    await held.arrived;

    await client.leave();
    // SIGTERM changes nothing of it, and waits for it.
    const closed = world.closeService();
    held.release();
    await closed;

    expect(await client.logged()).toMatchObject({
      clientLeft: true,
      outcomes: ['APPLIED', 'NOT_APPLIED', 'NOT_APPLIED'],
      causes: [...cancelled(false), ...cancelled(false)],
    });
    expect(standIn().requests).toHaveLength(1);
    expect(target.isWritten(world)).toBe(true);
  });
});

describe('when a client leaves', () => {
  let hole: Server;
  beforeEach(async () => {
    // Accepts connections and never says a word: a TLS handshake with it takes for ever.
    hole = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(hole, 'listening');
  });
  afterEach(() => hole.close());

  it('a write that still waits for its connection is never sent', async () => {
    const address = hole.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    world = await startWorld({ RADAR_BASE_URL: `https://127.0.0.1:${port}` });
    const connecting = once(hole, 'connection');
    const client = await sendAndLeave(world, radarTarget.write.query, radarTarget.write.variables);
    await connecting;

    await client.leave();

    expect(await client.logged()).toMatchObject({ outcomes: ['NOT_APPLIED'], causes: cancelled(false) });
  });

  it('a page of a thousand reads ends at once: those in flight are given up, the others never leave', async () => {
    world = await startWorld();
    const warnings: Error[] = [];
    const warn = (warning: Error) => void warnings.push(warning);
    process.on('warning', warn);
    world.aegister.faults.always(fault.hangBeforeHeaders());
    const representations = Array.from({ length: 1_000 }, (_, index) => ({
      __typename: 'Incident',
      organizationId: '7',
      id: String(index + 1),
    }));
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Incident { title } } }';
    const client = await sendAndLeave(world, query, { r: representations });
    const inFlight = await world.aegister.whenRequested(64);

    await client.leave();

    expect(await client.logged()).toMatchObject({ clientLeft: true });
    expect(new Set(await Promise.all(inFlight.map(({ ended }) => ended)))).toEqual(new Set(['dropped']));
    world.aegister.faults.clear();
    world.aegister.putIncident({ organization_id: 7, id: 1, title: 'Next' });
    const next = await world.send('{ incident(organizationId: "7", id: "1") { title } }');
    expect(next.data).toEqual({ incident: { title: 'Next' } });
    expect(world.aegister.requests).toHaveLength(65);
    process.off('warning', warn);
    expect(warnings).toEqual([]);
  });

  it('its reads that wait behind the one in flight take no connection', async () => {
    world = await startWorld({ AEGISTER_CONCURRENCY: '1' });
    const hanging = world.aegister.faults.once(fault.hangBeforeHeaders());
    const reads = [1, 2, 3, 4].map((id) => `read${id}: incident(organizationId: "7", id: "${id}") { title }`);
    const client = await sendAndLeave(world, `{ ${reads.join(' ')} }`);
    await hanging.arrived;

    await client.leave();

    await client.logged();
    world.aegister.putIncident({ organization_id: 7, id: 1, title: 'Next' });
    const next = await world.send('{ incident(organizationId: "7", id: "1") { title } }');
    expect(next.data).toEqual({ incident: { title: 'Next' } });
    expect(world.aegister.connectionCount).toBe(2);
  });
});
