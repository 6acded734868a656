import * as fc from 'fast-check';
import { seedIds as ids } from '../stand-ins/seed-ids.ts';
import { anyJsonObject, anyText, depthOf } from './fuzz-values.ts';
import { groupUpdate, incidentUpdate, type UpdateMutation } from './update-mutations.ts';

type Path = readonly (string | number)[];

/** A value for one input field, and what the contract makes of it. */
export interface Given {
  readonly value: unknown;
  /** What the backend has to receive, where it is not the value itself. */
  readonly wire?: unknown;
  /** Refused by this service, with an issue at this path below the field. */
  readonly refusedAt?: Path;
  /** None of its GraphQL type: nothing runs. */
  readonly mistyped?: true;
}

/** An update as random as the contract allows, field by field. */
export interface RandomUpdate {
  readonly mutation: UpdateMutation;
  readonly fields: Readonly<Record<string, Given>>;
  /** A key that no input type has; undefined: none. */
  readonly stranger: string | undefined;
}

/** Most levels of a JSON object by default, and the setting that the fuzzed world has. */
const MAX_JSON_DEPTH = 64;
export const MAX_LIST_IDS = 6;

const valid = (value: unknown): Given => ({ value });
const refused = (value: unknown, ...refusedAt: Path): Given => ({ value, refusedAt });
const mistyped = (value: unknown): Given => ({ value, mistyped: true });

const oneOf = (...given: readonly Given[]) => fc.constantFrom(...given);

/** Mostly absent or fine, now and then not. */
function optional(fine: fc.Arbitrary<Given>, faults: fc.Arbitrary<Given>): fc.Arbitrary<Given | undefined> {
  return fc.oneof(
    { weight: 15, arbitrary: fc.constant(undefined) },
    { weight: 10, arbitrary: fine },
    { weight: 1, arbitrary: faults },
  );
}

const text = optional(anyText.map(valid), oneOf(refused(null), mistyped(5), mistyped(['x']), mistyped({})));
const json = optional(
  anyJsonObject.map((value) => (depthOf(value) > MAX_JSON_DEPTH ? refused(value) : valid(value))),
  oneOf(...[null, [], [{}], '', 'x', 0, true, { a: [Number.MAX_SAFE_INTEGER + 1] }].map((value) => refused(value))),
);
const status = optional(
  oneOf(
    { value: 'DRAFT', wire: 'draft' },
    { value: 'SUBMITTED', wire: 'submitted' },
    { value: 'CLOSED', wire: 'closed' },
  ),
  oneOf(refused(null), mistyped('OPEN'), mistyped('draft')),
);
const dateTime = optional(
  oneOf(...['2026-03-02T06:31:10.400213Z', '2024-02-29T23:59:59+02:00', '2023-12-20t00:00:01z'].map(valid)),
  oneOf(...[null, '', 'now', 5, {}, '2023-02-29T00:00:00Z', '2026-03-02', '0000-00-00'].map((value) => refused(value))),
);

const LONGEST = 'é'.repeat(128);
const UNFIT_IDS = ['', 'x'.repeat(129), 'a\nb', '\0', '\u200b', '\u2028', '\ud800'];
const unfitId = oneOf(...UNFIT_IDS.map((value) => refused(value)));
const traceId = optional(
  oneOf(...['uuid', LONGEST, '../a?b#c', '"', '__proto__', '👩‍👧'.replace('\u200d', '')].map(valid), {
    value: 7,
    wire: '7',
  }),
  fc.oneof(unfitId, oneOf(refused(null), mistyped(true), mistyped(1.5))),
);
/** Ids that are fine here; those that are no UUID the backend refuses. */
const assignee = optional(
  oneOf(...[null, null, ids.nightAnalyst, ids.plantTeam, ids.dayAnalyst.toUpperCase(), LONGEST].map(valid)),
  fc.oneof(unfitId, oneOf(mistyped(['a', 'b']), mistyped(false))),
);

const LIST = 'serviceAssetFindingIds';
const known = [ids.massEncryptionFinding, ids.shadowCopiesFinding, ids.lateralMovementFinding, ids.portalFloodFinding];
const links = (list: readonly unknown[]): Given => ({
  value: { [LIST]: list },
  wire: { service_asset_findings: [...new Set(list)] },
});
const relations = optional(
  fc.oneof(
    { weight: 6, arbitrary: fc.array(fc.constantFrom(...known), { maxLength: MAX_LIST_IDS }).map(links) },
    oneOf(
      { value: { [LIST]: known[0] }, wire: { service_asset_findings: [known[0]] } },
      { value: {}, wire: undefined },
      // Fine here, unknown to the backend.
      links(['7b0f6a60-0000-4000-8000-000000000000', known[1]]),
      links([LONGEST]),
    ),
  ),
  fc.oneof(
    fc.constantFrom(...UNFIT_IDS).map((id) => refused({ [LIST]: [known[0], id] }, LIST, 1)),
    oneOf(
      refused(null),
      refused({ [LIST]: null }, LIST),
      refused({ [LIST]: Array.from({ length: MAX_LIST_IDS + 1 }, () => known[0]) }, LIST),
      mistyped({ [LIST]: [known[0], null] }),
      mistyped({ [LIST]: [[known[0]]] }),
      mistyped({ other: [] }),
      mistyped([]),
    ),
  ),
);

function required(fine: readonly Given[], faults: readonly Given[]): fc.Arbitrary<Given> {
  return fc.oneof({ weight: 30, arbitrary: oneOf(...fine) }, { weight: 1, arbitrary: oneOf(...faults) });
}

const UNFIT_NUMBERS = ['0', '01', '-1', '+1', ' 1', '1 ', '1.0', '1e3', '9007199254740992', '..', '1/2', '1%2f2', '١'];
const decimal = (id: string) =>
  required(
    [valid(id), valid(id), { value: Number(id), wire: id }, valid('9007199254740991')],
    [...UNFIT_NUMBERS.map((value) => refused(value)), mistyped(null), mistyped(true)],
  );
const groupId = required(
  [valid(ids.emptyGroup), valid(ids.emptyGroup), valid(ids.emptyGroup.toUpperCase()), valid(ids.unknownGroup)],
  [...['', '..', '1', `${ids.emptyGroup}\n`, `{${ids.emptyGroup}}`].map((value) => refused(value)), mistyped(null)],
);

function updateOf(
  mutation: UpdateMutation,
  fields: Readonly<Record<string, fc.Arbitrary<Given | undefined>>>,
): fc.Arbitrary<RandomUpdate> {
  const stranger = fc.oneof(
    { weight: 30, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'nobody', 'incident_id') },
  );
  return fc.record({ given: fc.record(fields), stranger }).map(({ given, stranger }) => {
    const there = Object.entries(given).flatMap(([name, one]) => (one === undefined ? [] : [[name, one] as const]));
    return { mutation, fields: Object.fromEntries(there), stranger };
  });
}

export const anyIncidentUpdate = updateOf(incidentUpdate, {
  organizationId: decimal('3071'),
  id: decimal('1024'),
  title: text,
  referenceCode: text,
  classification: json,
  metadata: json,
  status,
  subjectType: text,
  notification24h: json,
  notification72h: json,
  fullReport: json,
});

export const anyGroupUpdate = updateOf(groupUpdate, {
  id: groupId,
  title: fc.oneof(
    { weight: 9, arbitrary: text },
    { weight: 1, arbitrary: fc.constant(valid('Title of another group')) },
  ),
  description: text,
  userId: assignee,
  groupId: assignee,
  createdAt: dateTime,
  updatedAt: dateTime,
  traceId,
  relations,
});
