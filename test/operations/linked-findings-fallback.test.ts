import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

it.each(['null', 'empty-object', 'absent'] as const)(
  'reads known findings one by one when the read of their group answers %s for them',
  async (shape) => {
    const { ransomwareGroup, massEncryptionFinding, shadowCopiesFinding } = seedIds;
    world.radar.relationsInReadAnswer = shape;
    const ids = [shadowCopiesFinding, massEncryptionFinding];
    const answer = await world.send(
      `mutation ($input: UpdateIncidentGroupInput!) {
        updateIncidentGroup(input: $input) { incidentGroup { serviceAssetFindings { id title } } }
      }`,
      { input: { id: ransomwareGroup, relations: { serviceAssetFindingIds: ids } } },
    );

    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({
      updateIncidentGroup: {
        incidentGroup: {
          serviceAssetFindings: ids.map((id) => ({ id, title: world.radar.finding(id)?.title })),
        },
      },
    });
    expect(world.calls().radar).toEqual([
      'PUT /cruddy/v2/incident_groups/update',
      `GET /cruddy/v2/incident_groups/${ransomwareGroup}`,
      ...ids.map((id) => `GET /cruddy/v2/service_asset_findings/${id}?relations=`),
    ]);
  },
);
