import { fault, type Fault } from '../../stand-ins/faults.ts';
import { seedIds } from '../../stand-ins/seed-ids.ts';
import { aegisterTarget, radarTarget, type Moment, type Target } from '../failing-calls.ts';
import type { World } from '../world.ts';

/** Which service answers: the usual one, or one that is set up so that something fails. */
export type Service = 'usual' | 'hasty' | 'buggy' | 'secret';

/** Something that goes wrong, and the operation that meets it. */
export interface Situation {
  /** The code that a client sees who asks this service itself; `none` where it is no answer of this service. */
  readonly code: string;
  readonly what: string;
  readonly moment: Moment;
  readonly service: Service;
  readonly query: string;
  readonly variables: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where a client that has no gateway has to ask otherwise. */
  readonly directQuery?: string;
  /** Makes the backends fail. The records are as seeded before. */
  plant(world: World): void;
}

/** The header by which a caller of the `forward` mode identifies himself. */
const CALLER = { 'x-aegister-token': 'canary-of-the-caller' };

function failing(
  target: Target,
  moments: readonly Moment[],
  code: string,
  what: string,
  play: Fault | undefined,
  more: Partial<Situation> = {},
): readonly Situation[] {
  return moments.map((moment) => {
    const { query, variables } = target[moment];
    const plant = (world: World) => {
      if (play !== undefined) target.standIn(world).faults.always(play);
    };
    return { code, what, moment, service: 'usual', query, variables, plant, ...more };
  });
}

function status(status: number, headers = {}, extra = {}): Fault {
  return fault.answer(status, headers, { error: 'Severity is not allowed', error_code: status, ...extra });
}

const both = ['write', 'read'] as const;
const write = ['write'] as const;
const read = ['read'] as const;
const group = seedIds.phishingGroup;
const other = seedIds.ransomwareGroup;

/** One for each code of the contract and each way to it that a gateway could tell apart. All are answers of this service to a field. */
export const fieldSituations: readonly Situation[] = [
  ...failing(radarTarget, write, 'BAD_USER_INPUT', 'refused here', undefined, {
    variables: { input: { id: 'x', title: 'New title', relations: { serviceAssetFindingIds: null } } },
  }),
  ...failing(radarTarget, read, 'BAD_USER_INPUT', 'refused here', undefined, { variables: { id: 'x' } }),
  ...failing(radarTarget, both, 'BAD_USER_INPUT', 'the backend answers 422', status(422)),
  ...failing(radarTarget, write, 'NOT_FOUND', 'the backend answers 404', status(404)),
  ...failing(
    radarTarget,
    both,
    'CONFLICT',
    'the backend answers 409',
    status(409, {}, { extra: { fields: ['name'] } }),
  ),
  ...failing(radarTarget, both, 'UPSTREAM_REJECTED', 'the backend answers 200 with an error', status(200)),
  ...failing(radarTarget, both, 'UPSTREAM_REJECTED', 'the backend answers 413', status(413)),
  ...failing(aegisterTarget, both, 'UNAUTHENTICATED', 'the caller has no credential', undefined),
  ...failing(
    aegisterTarget,
    both,
    'UNAUTHENTICATED',
    'the backend answers 401 to the caller’s credential',
    status(401),
    {
      headers: CALLER,
    },
  ),
  ...failing(aegisterTarget, both, 'FORBIDDEN', 'the backend answers 403 to the caller’s credential', status(403), {
    headers: CALLER,
  }),
  ...failing(
    radarTarget,
    both,
    'UPSTREAM_AUTH_FAILED',
    'the backend answers 401 to the service’s credential',
    status(401),
  ),
  ...failing(radarTarget, both, 'RATE_LIMITED', 'the backend answers 429', status(429, { 'retry-after': '60' })),
  ...failing(
    radarTarget,
    both,
    'UPSTREAM_UNAVAILABLE',
    'the backend answers 503',
    status(503, { 'retry-after': '60' }),
  ),
  ...failing(radarTarget, both, 'UPSTREAM_TIMEOUT', 'the backend hangs', fault.hangBeforeHeaders(), {
    service: 'hasty',
  }),
  ...failing(aegisterTarget, write, 'UPSTREAM_TIMEOUT', 'the handshake hangs, nothing is sent', undefined, {
    service: 'hasty',
  }),
  ...failing(radarTarget, both, 'UPSTREAM_ERROR', 'the backend answers 500', status(500)),
  ...failing(radarTarget, write, 'UPSTREAM_ERROR', 'the connection to the backend breaks', fault.resetBeforeHeaders()),
  ...failing(radarTarget, both, 'UPSTREAM_BAD_RESPONSE', 'the backend answers with a page', fault.html(200)),
  ...failing(aegisterTarget, both, 'INTERNAL_SERVER_ERROR', 'a fault of the service', undefined, { service: 'buggy' }),
  {
    code: 'UPSTREAM_ERROR',
    what: 'a linked field cannot be read after the write',
    moment: 'write',
    service: 'usual',
    query: `mutation { updateIncidentGroup(input: { id: "${group}", title: "New title" }) {
      incidentGroup { title serviceAssetFindings { title } } } }`,
    variables: {},
    plant: (world) => world.radar.faults.always(status(500), { method: 'GET' }),
  },
  {
    code: 'BAD_USER_INPUT',
    what: 'beside a write that succeeds',
    moment: 'write',
    service: 'usual',
    query: `mutation { good: updateIncidentGroup(input: { id: "${group}", title: "New title" }) { incidentGroup { title } }
      bad: updateIncidentGroup(input: { id: "${other}" }) { incidentGroup { title } } }`,
    variables: {},
    plant: () => undefined,
  },
  {
    code: 'UPSTREAM_ERROR',
    what: 'one of two entities by key',
    moment: 'read',
    service: 'usual',
    query: '{ watchedGroups { id title } }',
    directQuery: `{ _entities(representations: [${[group, other]
      .map((id) => `{ __typename: "IncidentGroup", id: "${id}" }`)
      .join(', ')}]) { ... on IncidentGroup { id title } } }`,
    variables: {},
    plant: (world) => world.radar.faults.always(status(500), { path: new RegExp(other) }),
  },
];

/** The groups that the neighbour names, in this order. */
export const watchedGroups = [group, other];

function document(code: string, what: string, query: string): Situation {
  return { code, what, moment: 'write', service: 'usual', query, variables: {}, plant: () => undefined };
}

/** Documents that a gateway refuses by itself. */
export const documentSituations: readonly Situation[] = [
  document('GRAPHQL_PARSE_FAILED', 'the document cannot be parsed', 'mutation { updateIncidentGroup('),
  document('GRAPHQL_VALIDATION_FAILED', 'there is no such field', 'mutation { updateIncidentGroups { id } }'),
  document('BAD_USER_INPUT', 'a variable is missing', radarTarget.write.query),
];

/** Something that goes wrong between a gateway and this service, whose answer to a write is then lost. */
export interface LineFault {
  readonly what: string;
  /** Undefined: this service cannot be reached at all. */
  readonly play?: Fault;
  /** How often the write is carried out if nobody repeats it. */
  readonly writes: 0 | 1;
}

const applied = { applied: true } as const;

export const lineFaults: readonly LineFault[] = [
  { what: 'the service is down', writes: 0 },
  { what: 'the answer is lost: 503', play: fault.answer(503, {}, {}, applied), writes: 1 },
  {
    what: 'the answer is lost: 503 with `Retry-After`',
    play: fault.answer(503, { 'retry-after': '1' }, {}, applied),
    writes: 1,
  },
  {
    what: 'the answer is lost: 429 with `Retry-After`',
    play: fault.answer(429, { 'retry-after': '1' }, {}, applied),
    writes: 1,
  },
  { what: 'the answer is lost: 500', play: fault.answer(500, {}, {}, applied), writes: 1 },
  { what: 'the answer is lost: a page with 502', play: fault.html(502, applied), writes: 1 },
  { what: 'the connection is reset before the answer', play: fault.resetBeforeHeaders(applied), writes: 1 },
  { what: 'the connection ends before the answer', play: fault.endBeforeHeaders(applied), writes: 1 },
  { what: 'the connection is reset inside the answer', play: fault.resetInsideBody(applied), writes: 1 },
];

/** Longer than a gateway waits that was told to wait for a moment only. */
export const hangingLine: LineFault = {
  what: 'the answer does not come, the gateway gives up',
  play: fault.hangBeforeHeaders(applied),
  writes: 1,
};
