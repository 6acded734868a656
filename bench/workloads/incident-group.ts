import { findings, groupFields } from './radar-records.ts';
import { requestsOf, type Workload } from './workload.ts';

const operation = (name: string) => `query ${name}($id: ID!) {
  incidentGroup(id: $id) {
    serviceAssetFindings {
      id createdAt updatedAt title description status risklevel risk external customerCreated
    }
  }
}`;

/** W3: the findings of one group, ten of their 26 fields. @param count how many findings */
export function incidentGroup(count: number, documents: number): Workload {
  const group = groupFields(0);
  const linked = findings(count);
  const directory = { user: { id: group.user_id }, group: { id: group.group_id } };
  return {
    name: 'W3',
    title: `incidentGroup, ${count} findings x 10 fields`,
    requests: requestsOf(documents, operation, { id: group.id }),
    data: {
      incidentGroup: {
        serviceAssetFindings: linked.map((finding) => ({
          id: finding.id,
          createdAt: finding.created_at,
          updatedAt: finding.updated_at,
          title: finding.title,
          description: finding.description,
          status: finding.status,
          risklevel: finding.risklevel,
          risk: finding.risk,
          external: finding.external,
          customerCreated: finding.customer_created,
        })),
      },
    },
    exchanges: [
      {
        backend: 'radar',
        method: 'GET',
        path: `/cruddy/v2/incident_groups/${group.id}`,
        answer: JSON.stringify({ ...group, incidents_count: count, service_asset_findings: linked, ...directory }),
      },
    ],
  };
}
