import { seedIds } from '../stand-ins/seed-ids.ts';
import type { World } from './world.ts';

/** A group whose linked findings are known, for tests of what a client sees of them. */
export const groupId = seedIds.emptyGroup;

/** Ids and titles of findings, by one letter each. Their order is not the order of their ids. */
export const a = { id: seedIds.inboxRuleFinding, title: 'finding a' };
export const b = { id: seedIds.remoteToolFinding, title: 'finding b' };
export const c = { id: seedIds.exfiltrationFinding, title: 'finding c' };

/** Links the group to a and b, in this order; c exists, linked to nothing. */
export function putGroupWithFindings({ radar }: World): void {
  radar.putGroup({ id: groupId, title: 'the group', service_asset_findings: [a.id, b.id] });
  for (const finding of [a, b, c]) radar.putFinding(finding);
}

export const PUT = 'PUT /cruddy/v2/incident_groups/update';
export const GET_GROUP = `GET /cruddy/v2/incident_groups/${groupId}`;

/** The read of one finding. */
export const getFinding = ({ id }: { readonly id: string }) => `GET /cruddy/v2/service_asset_findings/${id}?relations=`;

/** The mutation that changes the group's title, and its links too where `input` says so. */
export function updateGroup(world: World, selection: string, input: object = {}) {
  const query = `mutation ($input: UpdateIncidentGroupInput!) {
    updateIncidentGroup(input: $input) { incidentGroup { ${selection} } }
  }`;
  return world.send(query, { input: { id: groupId, title: 'new title', ...input } });
}

/** Input that makes the links equal to these findings. */
export const linkedTo = (...findings: readonly { readonly id: string }[]) => ({
  relations: { serviceAssetFindingIds: findings.map(({ id }) => id) },
});

/** The read of the group. */
export function readGroup(world: World, selection: string) {
  return world.send(`{ incidentGroup(id: "${groupId}") { ${selection} } }`);
}
