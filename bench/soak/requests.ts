import type { Random } from './random.ts';
import { DOSSIERS, GROUPS, ROUTER_SECRET, UNKNOWN_DOSSIER } from './world.ts';

export const KINDS = ['write', 'two writes', 'read', 'entities', 'hostile', 'leaving'] as const;
export type Kind = (typeof KINDS)[number];

/** A write as the client asked for it: the mutation field and the title it sets. */
export interface AskedWrite {
  readonly field: 'updateIncident' | 'updateIncidentGroup';
  readonly value: string;
}

/** One request of the load. */
export interface SoakRequest {
  readonly kind: Kind;
  readonly id: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly writes: readonly AskedWrite[];
  /** When the client goes away, milliseconds after it sent the request. */
  readonly leavesAfterMs?: number;
}

/** Makes requests, the ids of which begin with `name`. Every write sets a title of its own, so that it can be found again. */
export function createRequests(name: string, random: Random) {
  let made = 0;
  const post = (id: string, query: string) => ({
    id,
    method: 'POST' as const,
    path: '/graphql',
    headers: { 'content-type': 'application/json', 'router-authorization': ROUTER_SECRET, 'x-correlation-id': id },
    body: JSON.stringify({ query }),
    writes: [] as readonly AskedWrite[],
  });

  /** A mutation of one field, or of both one after the other. */
  const write = (id: string, kind: Kind): SoakRequest => {
    const dossier = random.pick(DOSSIERS);
    const group = random.pick(GROUPS);
    const incident = { field: 'updateIncident' as const, value: `${id}-aegister` };
    const incidentGroup = { field: 'updateIncidentGroup' as const, value: `${id}-radar` };
    const texts = {
      updateIncident:
        'updateIncident(input: { organizationId: $org, id: $dossier, title: $incident }) { incident { id title } }',
      updateIncidentGroup:
        'updateIncidentGroup(input: { id: $group, title: $incidentGroup }) { incidentGroup { id title serviceAssetFindings { id title } } }',
    };
    const declared = {
      updateIncident: '$org: ID!, $dossier: ID!, $incident: String',
      updateIncidentGroup: '$group: ID!, $incidentGroup: String',
    };
    const writes =
      kind === 'two writes' ? [incident, incidentGroup] : [random.pick<AskedWrite>([incident, incidentGroup])];
    const fields = writes.map(({ field }) => field);
    // Variables, as clients send them: the same few documents come again and again, and no cache fills with them.
    const query = `mutation (${fields.map((field) => declared[field]).join(', ')}) { ${fields.map((field) => texts[field]).join(' ')} }`;
    const variables = {
      ...{ org: String(dossier.organizationId), dossier: String(dossier.id), incident: incident.value },
      ...{ group, incidentGroup: incidentGroup.value },
    };
    return { ...post(id, query), body: JSON.stringify({ query, variables }), kind, writes };
  };

  const read = (id: string): SoakRequest => {
    const { organizationId, id: dossierId } = random.pick(DOSSIERS);
    const missing = `none: incident(organizationId: "${organizationId}", id: "${UNKNOWN_DOSSIER}") { id }`;
    const incident = `incident(organizationId: "${organizationId}", id: "${dossierId}") { title incidentGroup { title } }`;
    const group = `incidentGroup(id: "${random.pick(GROUPS)}") { title serviceAssetFindings { id title risklevel } }`;
    return { ...post(id, `{ ${random.pick([incident, group, `${incident} ${missing}`])} }`), kind: 'read' };
  };

  const entities = (id: string): SoakRequest => {
    const groups = GROUPS.map((group) => ({ __typename: 'IncidentGroup', id: group }));
    const dossiers = DOSSIERS.map((key) => ({
      __typename: 'Incident',
      organizationId: String(key.organizationId),
      id: String(key.id),
    }));
    const query =
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on IncidentGroup { title } ... on Incident { title } } }';
    const body = JSON.stringify({ query, variables: { r: [...groups, ...dossiers] } });
    return { ...post(id, ''), body, kind: 'entities' };
  };

  /** What is refused whole before anything runs; some would write if they were let in. */
  const hostile = (id: string): SoakRequest => {
    const asked = write(id, 'hostile');
    const { query, variables } = JSON.parse(asked.body) as { readonly query: string; readonly variables: object };
    const withoutSecret = { 'content-type': 'application/json', 'x-correlation-id': id };
    const get = {
      ...asked,
      method: 'GET' as const,
      path: `/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString()}`,
      body: '',
    };
    const none = { ...asked, writes: [] };
    return random.pick<SoakRequest>([
      { ...asked, headers: withoutSecret },
      { ...asked, headers: { ...withoutSecret, 'router-authorization': `${ROUTER_SECRET}x` } },
      { ...asked, headers: { ...asked.headers, accept: 'text/html' } },
      { ...asked, headers: { ...asked.headers, 'content-type': 'text/plain' } },
      { ...asked, body: `[${asked.body}]` },
      { ...asked, body: asked.body.slice(0, -1) },
      { ...asked, body: JSON.stringify({ query, variables, padding: 'x'.repeat(150_000) }) },
      { ...get, headers: { ...asked.headers, 'apollo-require-preflight': '1' } },
      { ...none, body: JSON.stringify({ query: `{ ${'incident { '.repeat(200)}id${' }'.repeat(200)} }` }) },
      { ...none, body: JSON.stringify({ query: `{ __typename ${'a: __typename '.repeat(3_000)} }` }) },
      { ...none, body: `{"query":"{ a }","variables":${'['.repeat(20_000)}${']'.repeat(20_000)}}` },
      { ...none, body: '\u0000\uffff{"__proto__":1}' },
    ]);
  };

  return {
    /** The next request. @param kinds to choose from, the more often a kind is named the more of it */
    next(kinds: readonly [Kind, ...Kind[]]): SoakRequest {
      const id = `${name}-${made}`;
      made += 1;
      const kind = random.pick(kinds);
      if (kind === 'read') return read(id);
      if (kind === 'entities') return entities(id);
      if (kind === 'hostile') return hostile(id);
      if (kind !== 'leaving') return write(id, kind);
      return { ...write(id, 'two writes'), kind, leavesAfterMs: random.below(30) };
    },
  };
}
