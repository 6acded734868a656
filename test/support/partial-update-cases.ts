import { seedIds } from '../stand-ins/seed-ids.ts';
import { groupUpdate, incidentUpdate, type Input, type UpdateMutation } from './update-mutations.ts';
import { givenIn, groupBody, groupRows, incidentBody, incidentRows, type UpdateRow } from './update-rows.ts';

/** What has to come of an input: these bytes at the backend, or nothing there and a refusal. */
export type Expected =
  | { readonly kind: 'sent'; readonly body: string }
  /** By this service: `BAD_USER_INPUT` with one issue at this path. */
  | { readonly kind: 'refused'; readonly path: readonly (string | number)[] }
  /** By GraphQL itself, because the value is none of its type; whoever validates first says so in its own words. */
  | { readonly kind: 'not executed' };

export interface UpdateCase {
  readonly mutation: UpdateMutation;
  readonly field: string;
  /** What the field holds, as GraphQL or in words. */
  readonly state: string;
  readonly input: Input;
  readonly expected: Expected;
}

const sent = (body: string): Expected => ({ kind: 'sent', body });
const refused = (...path: (string | number)[]): Expected => ({ kind: 'refused', path: ['input', ...path] });
const notExecuted: Expected = { kind: 'not executed' };

/** How the fields of one mutation are put together. */
interface Kind {
  readonly mutation: UpdateMutation;
  readonly key: Input;
  readonly rows: readonly UpdateRow[];
  bodyOf(given: readonly UpdateRow[]): string;
}

export const groupId = seedIds.ransomwareGroup;
const incident: Kind = {
  mutation: incidentUpdate,
  key: { organizationId: '3071', id: '1024' },
  rows: incidentRows,
  bodyOf: incidentBody,
};
const group: Kind = {
  mutation: groupUpdate,
  key: { id: groupId },
  rows: groupRows,
  bodyOf: (given) => groupBody(groupId, given),
};

/** The field by itself with this value; `wire` is what the backend has to receive for it. */
function alone(kind: Kind, row: UpdateRow, state: string, value: unknown, expected: Expected | { wire: unknown }) {
  const { mutation, key, bodyOf } = kind;
  const input = { ...key, [row.field]: value };
  if ('kind' in expected) return { mutation, field: row.field, state, input, expected };
  // The row itself has to be in the list of rows for the order of keys, so it is the value on the wire that is replaced.
  const body = bodyOf([row]).replace(JSON.stringify(row.wireValue), () => JSON.stringify(expected.wire));
  return { mutation, field: row.field, state, input, expected: sent(body) };
}

/** Absent, null and a value: the three states that every field has. */
function everyState(kind: Kind): UpdateCase[] {
  const { mutation, key, rows, bodyOf } = kind;
  const inputOf = (given: readonly UpdateRow[]) => ({ ...key, ...givenIn(given) });
  return [
    { mutation, field: 'every field', state: 'value', input: inputOf(rows), expected: sent(bodyOf(rows)) },
    { mutation, field: 'every field', state: 'absent', input: key, expected: refused() },
    ...rows.flatMap((row): UpdateCase[] => {
      const { field, nullRefusedBecause } = row;
      const others = rows.filter((other) => other !== row);
      const beside = { ...inputOf(others), [field]: null };
      return [
        { mutation, field, state: 'absent', input: inputOf(others), expected: sent(bodyOf(others)) },
        nullRefusedBecause === undefined
          ? alone(kind, row, 'null', null, { wire: null })
          : { mutation, field, state: 'null', input: beside, expected: refused(field) },
        alone(kind, row, 'value', row.value, { wire: row.wireValue }),
      ];
    }),
  ];
}

const NESTED = { a: null, b: {}, c: [], d: '', e: [null, {}], f: false, g: 0 };
const rowsOf = (rows: readonly UpdateRow[], ...fields: string[]) => rows.filter(({ field }) => fields.includes(field));

const furtherIncidentStates: readonly UpdateCase[] = [
  ...rowsOf(incidentRows, 'title', 'referenceCode', 'subjectType').map((row) =>
    alone(incident, row, '""', '', { wire: '' }),
  ),
  ...rowsOf(incidentRows, 'status').map((row) => alone(incident, row, 'OPEN', 'OPEN', notExecuted)),
  ...rowsOf(incidentRows, 'classification', 'metadata', 'notification24h', 'notification72h', 'fullReport').flatMap(
    (row) => [
      alone(incident, row, '{}', {}, { wire: {} }),
      alone(incident, row, 'null and empty values inside', NESTED, { wire: NESTED }),
      alone(incident, row, '[]', [], refused(row.field)),
      alone(incident, row, '""', '', refused(row.field)),
    ],
  ),
];

const [a, b] = [seedIds.massEncryptionFinding, seedIds.lateralMovementFinding];
const list = (ids: unknown) => ({ serviceAssetFindingIds: ids });

function relationsStates(): UpdateCase[] {
  const [title, ...rest] = rowsOf(groupRows, 'title', 'relations');
  const [relations] = rest;
  if (title === undefined || relations === undefined) throw new Error('the rows of a group lack title or relations');
  const { mutation, key, bodyOf } = group;
  const listPath = ['relations', 'serviceAssetFindingIds'] as const;
  const ids = (state: string, given: unknown, wire: readonly string[]) =>
    alone(group, relations, `ids: ${state}`, list(given), { wire: { service_asset_findings: wire } });
  const withTitle = { ...key, title: title.value, relations: {} };
  return [
    {
      mutation,
      field: 'relations',
      state: 'an empty object, beside a title',
      input: withTitle,
      expected: sent(bodyOf([title])),
    },
    alone(group, relations, '{}', {}, refused()),
    alone(group, relations, 'ids: null', list(null), refused(...listPath)),
    alone(group, relations, 'ids: [A, null]', list([a, null]), notExecuted),
    alone(group, relations, 'ids: [A, ""]', list([a, '']), refused(...listPath, 1)),
    ids('[]', [], []),
    ids('[A]', [a], [a]),
    ids('[B, A]', [b, a], [b, a]),
    ids('[B, A, B, A]', [b, a, b, a], [b, a]),
    ids('A', a, [a]),
  ];
}

const furtherGroupStates: readonly UpdateCase[] = [
  ...rowsOf(groupRows, 'title', 'description').map((row) => alone(group, row, '""', '', { wire: '' })),
  ...rowsOf(groupRows, 'userId', 'groupId', 'createdAt', 'updatedAt', 'traceId').map((row) =>
    alone(group, row, '""', '', refused(row.field)),
  ),
  ...relationsStates(),
];

/** The table of the contract, for every field that can be updated. */
export const updateCases: readonly UpdateCase[] = [
  ...everyState(incident),
  ...furtherIncidentStates,
  ...everyState(group),
  ...furtherGroupStates,
];
