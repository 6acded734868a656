import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault, type Fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { aegisterTarget, radarTarget, send, targets } from '../support/failing-calls.ts';
import { ABOUT, record, recordsOf } from '../support/audit-records.ts';
import { RADAR_API_KEY, startWorld, type World } from '../support/world.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
  for (const target of targets) target.prepare(world);
});
afterAll(() => world.close());

describe.each(targets)('a write to $name is recorded in one line', (target) => {
  const about = ABOUT[target.name];
  const write = () => send(world, target, 'write', { 'x-correlation-id': 'call-7' });

  it('when it is applied', async () => {
    const { records } = await recordsOf(world, write);
    expect(records).toEqual([record({ ...about, outcome: 'APPLIED' })]);
  });

  const failures: readonly (readonly [string, string, string, number | null, () => Fault])[] = [
    ['refused by the backend', 'NOT_APPLIED', 'BAD_USER_INPUT', 400, () => fault.answer(400)],
    ['refused for this service’s credential', 'NOT_APPLIED', 'UPSTREAM_AUTH_FAILED', 401, () => fault.answer(401)],
    ['about a record that is not there', 'NOT_APPLIED', 'NOT_FOUND', 404, () => fault.answer(404)],
    ['in conflict', 'NOT_APPLIED', 'CONFLICT', 409, () => fault.answer(409)],
    ['broken off', 'UNKNOWN', 'UPSTREAM_ERROR', null, () => fault.resetBeforeHeaders({ applied: true })],
    ['answered with a fault', 'UNKNOWN', 'UPSTREAM_ERROR', 500, () => fault.answer(500, {}, {}, { applied: true })],
    ['answered with what cannot be used', 'UNKNOWN', 'UPSTREAM_BAD_RESPONSE', 200, () => fault.malformedJson()],
  ];
  it.each(failures)('when it is %s: %s', async (_what, outcome, code, status, make) => {
    target.standIn(world).faults.once(make());
    const { records, answer } = await recordsOf(world, write);
    expect(records).toEqual([
      record({
        ...about,
        outcome,
        code,
        upstream: { name: target.name, status, code: expect.toBeOneOf([null, expect.any(String)]) as unknown },
      }),
    ]);
    // The record says what the caller is told.
    expect(answer).toMatchObject({ errors: [{ extensions: { outcome, code, upstream: records[0]?.['upstream'] } }] });
  });
});

describe('the record of a write', () => {
  const canary = 'canary-value';

  it('names the fields of the input and the number of linked ids, never a value', async () => {
    const { lines, records } = await recordsOf(world, () =>
      world.send(
        `mutation ($findings: [ID!], $data: JSONObject) {
          one: updateIncidentGroup(input: {
            id: "${seedIds.emptyGroup}", title: "${canary}", userId: "${canary}", groupId: null
            relations: { serviceAssetFindingIds: $findings }
          }) { incidentGroup { id } }
          two: updateIncidentGroup(input: { id: "${seedIds.emptyGroup}", relations: {} }) { incidentGroup { id } }
          three: updateIncident(input: {
            organizationId: 3071, id: 1024, referenceCode: "${canary}", metadata: $data, status: SUBMITTED
          }) { incident { id } }
        }`,
        { findings: [seedIds.massEncryptionFinding, canary], data: { [canary]: [canary, canary] } },
      ),
    );
    expect(records).toMatchObject([
      {
        field: 'updateIncidentGroup',
        object: { id: seedIds.emptyGroup },
        changes: ['title', 'userId', 'groupId', 'relations.serviceAssetFindingIds'],
        listLengths: { 'relations.serviceAssetFindingIds': 2 },
      },
      { field: 'updateIncidentGroup', changes: ['relations'], listLengths: {}, outcome: 'NOT_APPLIED' },
      {
        field: 'updateIncident',
        object: { organizationId: '3071', id: '1024' },
        changes: ['referenceCode', 'metadata', 'status'],
        listLengths: {},
        outcome: 'APPLIED',
      },
    ]);
    expect(lines.join('')).not.toMatch(/canary|SUBMITTED/);
    expect(lines.join('')).not.toContain(seedIds.massEncryptionFinding);
  });

  it('is there for input that is refused here, with nothing sent', async () => {
    const { records } = await recordsOf(world, () =>
      world.send(
        `mutation { updateIncident(input: { organizationId: "0x1", id: "7", title: null }) { incident { id } } }`,
      ),
    );
    expect(records).toMatchObject([
      {
        object: { organizationId: '0x1', id: '7' },
        changes: ['title'],
        outcome: 'NOT_APPLIED',
        code: 'BAD_USER_INPUT',
      },
    ]);
    expect(records[0]).not.toHaveProperty('upstream');
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });

  it('cleans and shortens what is no id', async () => {
    const id = `\u001b[31m\n\u202e${'x'.repeat(100_000)}`;
    const { lines, records } = await recordsOf(world, () =>
      world.send(
        'mutation ($id: ID!) { updateIncidentGroup(input: { id: $id, title: "x" }) { incidentGroup { id } } }',
        { id },
      ),
    );
    expect(records).toMatchObject([{ object: { id: `[31m ${'x'.repeat(123)}` } }]);
    expect(lines.join('').length).toBeLessThan(2_000);
  });

  it('holds no credential that is given as an id, but every id that is one', async () => {
    const update =
      'mutation ($id: ID!) { updateIncidentGroup(input: { id: $id, title: "x" }) { incidentGroup { id } } }';
    const ids = [`x ${RADAR_API_KEY}`, 'callers-canary', seedIds.emptyGroup];
    const { lines, records } = await recordsOf(world, async () => {
      for (const id of ids) {
        const caller = { pgrapikey: 'callers-canary', pgrselectedinstance: seedIds.emptyGroup };
        await world.send(update, { id }, caller);
      }
    });
    expect(records.map(({ object }) => object)).toEqual([
      { id: '[removed]' },
      { id: '[removed]' },
      { id: seedIds.emptyGroup },
    ]);
    expect(lines.join('')).not.toContain('canary');
  });

  it('carries the id of the caller’s trace', async () => {
    const { records } = await recordsOf(world, () =>
      send(world, aegisterTarget, 'write', { traceparent: `00-${TRACE}-b7ad6b7169203331-01` }),
    );
    expect(records).toMatchObject([{ traceId: TRACE }]);
  });

  it('is one for each root field, whatever its alias, and says APPLIED although a field below fails', async () => {
    world.radar.faults.always(fault.lie({ description: 7 }));
    const update = (alias: string) =>
      `${alias}: updateIncidentGroup(input: { id: "${seedIds.emptyGroup}", title: "T" }) { incidentGroup { description } }`;
    const { records, answer } = await recordsOf(world, () =>
      world.send(`mutation { ${['a', 'b', 'c'].map(update).join(' ')} }`),
    );
    expect(records.map(({ outcome }) => outcome)).toEqual(['APPLIED', 'APPLIED', 'APPLIED']);
    expect(answer).toMatchObject({ errors: Array(3).fill({ extensions: { outcome: 'APPLIED' } }) as unknown[] });
  });

  it('is not written for reads, nor for what was refused before it ran', async () => {
    const { records } = await recordsOf(world, async () => {
      await send(world, radarTarget, 'read');
      await world.send('mutation { updateIncident(input: { id: 1 }) { incident { id } } }');
      await world.send('mutation { updateIncident(input: {');
      await world.send(`mutation { ${Array.from({ length: 21 }, (_, index) => `a${index}: __typename`).join(' ')} }`);
    });
    expect(records).toEqual([]);
  });
});
