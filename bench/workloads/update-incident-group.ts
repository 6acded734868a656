import { groupFields } from './radar-records.ts';
import { numberedUuid, requestsOf, type Workload } from './workload.ts';

const operation = (name: string) => `mutation ${name}($input: UpdateIncidentGroupInput!) {
  updateIncidentGroup(input: $input) {
    incidentGroup {
      id title description createdAt updatedAt incidentsCount
      user { id }
      group { id }
      serviceAssetFindings { id }
    }
  }
}`;

/** W2: a group is changed and linked to findings, whose ids are read back. @param links how many */
export function updateIncidentGroup(links: number, documents: number): Workload {
  const ids = Array.from({ length: links }, (_, index) => numberedUuid('finding', index));
  const group = { ...groupFields(0), updated_at: '2026-03-09T09:00:00.652259Z' };
  const { id, title, description, user_id: userId, group_id: groupId } = group;
  const input = { id, title, description, userId, groupId, relations: { serviceAssetFindingIds: ids } };
  return {
    name: 'W2',
    title: `updateIncidentGroup, ${links} linked ids`,
    requests: requestsOf(documents, operation, { input }),
    data: {
      updateIncidentGroup: {
        incidentGroup: {
          id,
          title,
          description,
          createdAt: group.created_at,
          updatedAt: group.updated_at,
          incidentsCount: 0,
          user: { id: userId },
          group: { id: groupId },
          serviceAssetFindings: ids.map((finding) => ({ id: finding })),
        },
      },
    },
    exchanges: [
      {
        backend: 'radar',
        method: 'PUT',
        path: '/cruddy/v2/incident_groups/update',
        body: JSON.stringify({
          title,
          description,
          user_id: userId,
          group_id: groupId,
          id,
          _relations: { service_asset_findings: ids },
        }),
        answer: JSON.stringify({ ...group, incidents_count: 0, service_asset_findings: ids, user: {}, group: {} }),
      },
    ],
  };
}
