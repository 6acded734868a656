import { groupFields } from './radar-records.ts';
import { requestsOf, type Workload } from './workload.ts';

const operation = (name: string) => `query ${name}($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on IncidentGroup { title user { id } }
  }
}`;

/** W4: what a router asks of this subgraph, groups by key. @param count how many, each another one */
export function entities(count: number, documents: number): Workload {
  const groups = Array.from({ length: count }, (_, index) => groupFields(index));
  const representations = groups.map(({ id }) => ({ __typename: 'IncidentGroup', id }));
  return {
    name: 'W4',
    title: `_entities, ${count} groups`,
    requests: requestsOf(documents, operation, { representations }),
    data: { _entities: groups.map(({ title, user_id: userId }) => ({ title, user: { id: userId } })) },
    exchanges: groups.map((group) => ({
      backend: 'radar',
      method: 'GET',
      path: `/cruddy/v2/incident_groups/${group.id}?relations=`,
      answer: JSON.stringify({
        ...group,
        incidents_count: 0,
        service_asset_findings: null,
        user: null,
        group: null,
      }),
    })),
  };
}
