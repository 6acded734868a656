import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { expectRefused } from '../support/input-refusal.ts';
import { onlyRequest } from '../support/one-call.ts';
import { groupUpdate, toOperation } from '../support/update-mutations.ts';
import { startWorld, type GraphQLAnswer, type World } from '../support/world.ts';

const id = seedIds.emptyGroup;
const path = ['input', 'relations', 'serviceAssetFindingIds'];

function sendIds(world: World, ids: readonly string[]): Promise<GraphQLAnswer> {
  const input = { id, relations: { serviceAssetFindingIds: ids } };
  const { query, variables } = toOperation(groupUpdate, 'one whole-input variable', input);
  return world.send(query, variables);
}

describe.each([
  { limit: 10_000, settings: {}, what: 'by default' },
  { limit: 3, settings: { MAX_LIST_IDS: '3' }, what: 'when MAX_LIST_IDS is 3' },
])('a list of finding ids $what', ({ limit, settings }) => {
  let world: World;
  let ids: readonly string[];
  beforeAll(async () => {
    world = await startWorld(settings);
    ids = world.radar.addFindings(limit + 1);
  });
  beforeEach(() => {
    world.reset();
    world.radar.putGroup({ id, service_asset_findings: [] });
  });
  afterAll(() => world.close());

  it(`may hold ${limit} ids, which are sent and linked in their order`, async () => {
    const given = ids.slice(0, limit).toReversed();
    const answer = await sendIds(world, given);
    expect(answer).toMatchObject({ data: { updateIncidentGroup: { incidentGroup: { id } } }, errors: undefined });
    expect(onlyRequest(world).body).toBe(JSON.stringify({ id, _relations: { service_asset_findings: given } }));
    expect(world.radar.linkedFindingIds(id)).toEqual(given);
  });

  it(`is refused with ${limit + 1} ids, and nothing is sent`, async () => {
    expect(ids).toHaveLength(limit + 1);
    const message = `must not hold more than ${limit} ids.`;
    expectRefused(world, await sendIds(world, ids), 'updateIncidentGroup', { path, message, code: 'TOO_MANY' });
    expect(world.radar.linkedFindingIds(id)).toEqual([]);
  });
});
