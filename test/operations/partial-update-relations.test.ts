import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { because, expectNotExecuted, expectRefused } from '../support/input-refusal.ts';
import { onlyCall } from '../support/one-call.ts';
import { groupUpdate, inputWays, toListOperation, toOperation, type Input } from '../support/update-mutations.ts';
import { startWorld, type World } from '../support/world.ts';

const id = seedIds.ransomwareGroup;
const call = 'PUT /cruddy/v2/incident_groups/update';
const [first, second, third] = [
  seedIds.massEncryptionFinding,
  seedIds.shadowCopiesFinding,
  seedIds.lateralMovementFinding,
];
const linkedBefore = [seedIds.exfiltrationFinding, first];
const applied = { data: { updateIncidentGroup: { incidentGroup: { id } } }, errors: undefined };

/** Beside the three ways of passing an input, the list alone as a variable inside literals. */
const ways = [...inputWays, 'one variable for the list'] as const;
type Way = (typeof ways)[number];

const operationOf = (way: Way, input: Input) =>
  way === 'one variable for the list' ? toListOperation(input) : toOperation(groupUpdate, way, input);

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
  world.radar.putGroup({ id, service_asset_findings: linkedBefore });
});
afterAll(() => world.close());

describe.each(ways)('relations in %s', (way) => {
  const send = (input: Input) => {
    const { query, variables } = operationOf(way, input);
    return world.send(query, variables);
  };

  it.each([
    ['absent', {}],
    ['without any list', { relations: {} }],
  ])('leave _relations out of the body and the links untouched when %s', async (_what, given) => {
    expect(await send({ id, title: 'Renamed', ...given })).toMatchObject(applied);
    expect(onlyCall(world)).toEqual({ call, body: JSON.stringify({ title: 'Renamed', id }) });
    expect(world.radar.linkedFindingIds(id)).toEqual(linkedBefore);
  });

  it.each([
    { what: 'an empty list', ids: [], sent: [] },
    { what: 'one id', ids: [second], sent: [second] },
    { what: 'several ids in their order', ids: [third, first, second], sent: [third, first, second] },
    {
      what: 'each id once, where it stood first',
      ids: [second, first, second, third, first],
      sent: [second, first, third],
    },
  ])('send $what, and Radar links exactly these', async ({ ids, sent }) => {
    expect(await send({ id, relations: { serviceAssetFindingIds: ids } })).toMatchObject(applied);
    const body = JSON.stringify({ id, _relations: { service_asset_findings: sent } });
    expect(onlyCall(world)).toEqual({ call, body });
    expect(world.radar.linkedFindingIds(id)).toEqual(sent);
  });

  it('refuse null as list at its path, beside a valid title, and send nothing', async () => {
    const answer = await send({ id, title: 'Renamed', relations: { serviceAssetFindingIds: null } });
    const path = ['input', 'relations', 'serviceAssetFindingIds'];
    expectRefused(world, answer, 'updateIncidentGroup', { path, message: because.nullFindingIds });
    expect(world.radar.linkedFindingIds(id)).toEqual(linkedBefore);
  });

  it('refuse a null inside the list by its type and send nothing', async () => {
    const answer = await send({ id, relations: { serviceAssetFindingIds: [first, null] } });
    // GraphQL itself checks elements: a literal when the document is validated, a variable when it is coerced.
    expectNotExecuted(world, answer, way === 'a literal' ? 'GRAPHQL_VALIDATION_FAILED' : 'BAD_USER_INPUT');
    expect(world.radar.linkedFindingIds(id)).toEqual(linkedBefore);
  });

  it('take a bare id for a list of one, as every GraphQL list does', async () => {
    expect(await send({ id, relations: { serviceAssetFindingIds: third } })).toMatchObject(applied);
    expect(world.radar.linkedFindingIds(id)).toEqual([third]);
  });

  it('refuse a change of nothing when the list is not provided', async () => {
    const refusal = { path: ['input'], message: because.nothing, code: 'NOTHING_TO_CHANGE' };
    expectRefused(world, await send({ id, relations: {} }), 'updateIncidentGroup', refusal);
  });
});

it('gives a refused null list the issue code NULL_NOT_ALLOWED', async () => {
  const { query, variables } = operationOf('a literal', { id, relations: { serviceAssetFindingIds: null } });
  const path = ['input', 'relations', 'serviceAssetFindingIds'];
  expectRefused(world, await world.send(query, variables), 'updateIncidentGroup', {
    path,
    message: because.nullFindingIds,
    code: 'NULL_NOT_ALLOWED',
  });
});

it('refuses a relation that the schema does not know', async () => {
  const input = { id, title: 'Renamed', relations: { logmuleGoRules: [] } };
  const { query, variables } = operationOf('one whole-input variable', input);
  expectNotExecuted(world, await world.send(query, variables), 'BAD_USER_INPUT');
});
