import { expect } from 'vitest';
import type { JsonObject } from '../stand-ins/json.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import type { StandIn } from '../stand-ins/stand-in-server.ts';
import type { GraphQLAnswer, World } from './world.ts';

/** One read and one write of a backend, with all that a test about errors has to know of them. */
export interface Target {
  readonly name: 'aegister' | 'radar';
  readonly prefix: 'AEGISTER' | 'RADAR';
  readonly write: Operation;
  readonly read: Operation;
  /** Method and path of the write, as the stand-in sees it. */
  readonly writeCall: string;
  readonly readCall: string;
  standIn(world: World): StandIn;
  /** Puts the record that both operations are about into its state before any write. */
  prepare(world: World): void;
  /** Whether the write has reached the backend's state. */
  isWritten(world: World): boolean;
  /** The backend's own error envelope. */
  refusal(status: number, text: string): JsonObject;
  /** `upstream.code` of that envelope. */
  refusalCode(status: number): string;
  /** `upstream.code` where the backend's success envelope could not be used. */
  readonly successCode: string | null;
}

export interface Operation {
  readonly field: string;
  readonly query: string;
  readonly variables: object;
  /** The answer where nothing fails. */
  readonly success: JsonObject;
}

export type Moment = 'read' | 'write';

const BEFORE = 'Title before the write';
const AFTER = 'Title after the write';

const incident = { organizationId: '3071', id: '1024' };
const group = { id: seedIds.emptyGroup };

export const aegisterTarget: Target = {
  name: 'aegister',
  prefix: 'AEGISTER',
  write: {
    field: 'updateIncident',
    query: 'mutation ($input: UpdateIncidentInput!) { updateIncident(input: $input) { incident { title } } }',
    variables: { input: { ...incident, title: AFTER } },
    success: { updateIncident: { incident: { title: AFTER } } },
  },
  read: {
    field: 'incident',
    query: 'query ($organizationId: ID!, $id: ID!) { incident(organizationId: $organizationId, id: $id) { title } }',
    variables: incident,
    success: { incident: { title: BEFORE } },
  },
  writeCall: 'PATCH /api/v1/V-Ciso/incidents/3071/1024',
  readCall: 'GET /api/v1/V-Ciso/incidents/3071/1024',
  standIn: (world) => world.aegister,
  prepare(world) {
    world.aegister.putIncident({ organization_id: 3071, id: 1024, title: BEFORE, status: 'submitted' });
  },
  isWritten: (world) => world.aegister.incident(3071, 1024)?.title === AFTER,
  refusal: (_status, text) => ({ error: 1, messages: [text], data: null }),
  refusalCode: () => '1',
  successCode: '0',
};

export const radarTarget: Target = {
  name: 'radar',
  prefix: 'RADAR',
  write: {
    field: 'updateIncidentGroup',
    query:
      'mutation ($input: UpdateIncidentGroupInput!) { updateIncidentGroup(input: $input) { incidentGroup { title } } }',
    variables: { input: { ...group, title: AFTER } },
    success: { updateIncidentGroup: { incidentGroup: { title: AFTER } } },
  },
  read: {
    field: 'incidentGroup',
    query: 'query ($id: ID!) { incidentGroup(id: $id) { title } }',
    variables: group,
    success: { incidentGroup: { title: BEFORE } },
  },
  writeCall: 'PUT /cruddy/v2/incident_groups/update',
  readCall: `GET /cruddy/v2/incident_groups/${group.id}?relations=`,
  standIn: (world) => world.radar,
  prepare(world) {
    world.radar.putGroup({ ...group, title: BEFORE });
  },
  isWritten: (world) => world.radar.group(group.id)?.title === AFTER,
  refusal: (status, text) => ({ error: text, error_code: status }),
  refusalCode: String,
  successCode: null,
};

export const targets: readonly Target[] = [aegisterTarget, radarTarget];

export function send(
  world: World,
  target: Target,
  moment: Moment,
  headers?: Record<string, string>,
): Promise<GraphQLAnswer> {
  const { query, variables } = target[moment];
  return world.send(query, variables, headers);
}

/** The public words of each code, spelled out here so that nothing else can stand in a message unnoticed. */
const sentences: Readonly<Record<string, Readonly<Record<Moment, string>>>> = {
  BAD_USER_INPUT: {
    read: 'The backend did not accept the request as valid.',
    write: 'The backend did not accept the input as valid; nothing was changed.',
  },
  NOT_FOUND: { read: '', write: 'There is no such record to update.' },
  CONFLICT: {
    read: 'The request conflicts with existing data.',
    write: 'The update conflicts with existing data; nothing was changed.',
  },
  UPSTREAM_REJECTED: {
    read: 'The backend rejected the request.',
    write: 'The backend rejected the update; nothing was changed.',
  },
  UNAUTHENTICATED: {
    read: 'The backend did not accept your credential.',
    write: 'The backend did not accept your credential; nothing was changed.',
  },
  FORBIDDEN: {
    read: 'Your credential does not allow this.',
    write: 'Your credential does not allow this update; nothing was changed.',
  },
  UPSTREAM_AUTH_FAILED: {
    read: 'The backend refused the credential of this service.',
    write: 'The backend refused the credential of this service; nothing was changed.',
  },
  RATE_LIMITED: {
    read: 'The backend asks for fewer requests.',
    write: 'The backend asks for fewer requests; nothing was changed.',
  },
  UPSTREAM_UNAVAILABLE: {
    read: 'The backend is not available.',
    write: 'The backend is not available; nothing was changed.',
  },
  UPSTREAM_TIMEOUT: {
    read: 'The backend did not answer in time.',
    write: 'The backend did not answer in time. The change may or may not have been saved.',
  },
  UPSTREAM_ERROR: {
    read: 'The backend failed.',
    write: 'The backend failed. The change may or may not have been saved.',
  },
  UPSTREAM_BAD_RESPONSE: {
    read: 'The answer of the backend cannot be used.',
    write: 'The answer of the backend cannot be used. The change may or may not have been saved.',
  },
};

export interface ExpectedFailure {
  readonly code: string;
  readonly retryable: boolean;
  /** Of writes only. */
  readonly outcome?: 'NOT_APPLIED' | 'UNKNOWN';
  /** `undefined` means that the key is absent: the backend was never asked. */
  readonly upstream?: { readonly status: number | null; readonly code: string | null } | undefined;
  readonly issues?: readonly object[];
  readonly retryAfterMs?: number;
  /** Where the usual sentence of the code does not fit. */
  readonly message?: string;
}

/** Asserts the whole answer: HTTP 200, the failed field null, one error, and in it nothing but what is named here. */
export function expectFailure(answer: GraphQLAnswer, target: Target, moment: Moment, expected: ExpectedFailure): void {
  const { code, upstream, message = sentences[code]?.[moment], ...rest } = expected;
  const { field, query } = target[moment];
  const correlationId = answer.headers.get('x-correlation-id');
  expect(correlationId).toMatch(/^[\w.-]{1,128}$/);
  expect({ status: answer.status, body: JSON.parse(answer.text) as unknown }).toStrictEqual({
    status: 200,
    body: {
      data: { [field]: null },
      errors: [
        {
          message,
          locations: [{ line: 1, column: query.indexOf(field, query.indexOf('{')) + 1 }],
          path: [field],
          extensions: {
            code,
            ...rest,
            ...(upstream !== undefined && { upstream: { name: target.name, ...upstream } }),
            correlationId,
          },
        },
      ],
    },
  });
}

/** Asserts the whole answer of an operation in which nothing failed. */
export function expectSuccess(answer: GraphQLAnswer, operation: Operation): void {
  expect({ status: answer.status, body: JSON.parse(answer.text) as unknown }).toStrictEqual({
    status: 200,
    body: { data: operation.success },
  });
}

/** Requests that reached the target's stand-in. */
export function callsTo(world: World, target: Target): readonly string[] {
  return world.calls()[target.name];
}
