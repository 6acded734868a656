import { seedIds } from '../../stand-ins/seed-ids.ts';
import { updateCases, type UpdateCase } from '../partial-update-cases.ts';
import { markdownTable } from '../markdown-table.ts';
import { deviations } from './deviations.ts';
import { edgeCases } from './edge-updates.ts';
import { heldWays, waysOf, type Outcomes, type Way } from './update-matrix.ts';

/** What came of every case through one gateway. */
export interface GatewayResults {
  readonly updates: ReadonlyMap<UpdateCase, Outcomes>;
  /** By the words for the case. */
  readonly edges: ReadonlyMap<string, string>;
}

const LETTERS: Readonly<Record<Way, string>> = {
  'a literal': 'L',
  'one whole-input variable': 'I',
  'one variable per field': 'F',
  'one variable for the list': 'R',
};

/** Words for ids, because a table of UUIDs is hard to read. */
const NAMES: Readonly<Record<string, string>> = {
  [seedIds.ransomwareGroup]: 'GROUP',
  [seedIds.dayAnalyst]: 'USER',
  [seedIds.plantTeam]: 'TEAM',
  [seedIds.massEncryptionFinding]: 'A',
  [seedIds.lateralMovementFinding]: 'B',
  [seedIds.shadowCopiesFinding]: 'C',
};

/** The tables of one run, as Markdown. */
export function partialUpdatesPage(intro: string, results: ReadonlyMap<string, GatewayResults>): string {
  const head = ['field', 'state', 'at the backend', ...results.keys()];
  const mutations = [...new Set(updateCases.map(({ mutation }) => mutation))];
  const tables = mutations.map((mutation) => {
    const cases = byState(updateCases.filter((one) => one.mutation === mutation));
    return `## ${mutation.field}\n\n${markdownTable([head, ...merge(cases.map((one) => rowOf(one, results)))])}`;
  });
  const parts = [intro, ...tables, `## Beyond the fields\n\n${EDGES}\n\n${edgeTable(results)}`];
  return [...parts, `## Deviations, and what to do about them\n\n${remedies(results)}`].join('\n\n');
}

/** Rows about one state next to each other, the states in the order in which they are first met. */
function byState(cases: readonly UpdateCase[]): readonly UpdateCase[] {
  const states = [...new Set(cases.map(({ state }) => state))];
  return states.flatMap((state) => cases.filter((one) => one.state === state));
}

function remedies(results: ReadonlyMap<string, GatewayResults>): string {
  const inTables = deviations
    .filter(({ gateway }) => results.has(gateway))
    .map(({ gateway, way, note }) => `- ${gateway}, ~~${LETTERS[way]}~~: ${note}`);
  const inEdges = edgeCases.flatMap(({ what, otherwise = {}, remedy }) => {
    const names = [...results.keys()].filter((name) => name in otherwise);
    return names.length === 0 ? [] : [`- ${names.join('; ')}, ${what}: ${remedy ?? 'no remedy is known.'}`];
  });
  return [...inTables, ...inEdges].join('\n');
}

const EDGES =
  'How GraphQL and JSON themselves are passed on, tried in `updateIncident`. A dash means: as in the second column.';

function edgeTable(results: ReadonlyMap<string, GatewayResults>): string {
  const rows = edgeCases.map(({ what, expected }) => [
    what,
    toCell(expected),
    ...[...results.values()].map(({ edges }) => {
      const summary = edges.get(what) ?? 'not run';
      return summary === expected ? '-' : `**${toCell(summary)}**`;
    }),
  ]);
  return markdownTable([['input', 'at the backend', ...results.keys()], ...rows]);
}

const toCell = (summary: string) => (summary.startsWith('{') ? `\`${summary}\`` : summary);

function rowOf(given: UpdateCase, results: ReadonlyMap<string, GatewayResults>): readonly string[] {
  const marks = [...results.values()].map(({ updates }) => {
    const outcomes = updates.get(given);
    const held = outcomes === undefined ? [] : heldWays(given, outcomes);
    return waysOf(given)
      .map((way) => (held.includes(way) ? LETTERS[way] : `~~${LETTERS[way]}~~`))
      .join(' ');
  });
  return [given.field, stateCell(given.state), whatArrives(given), ...marks];
}

/** Words as they are, GraphQL as code. */
const stateCell = (state: string) => (/^[a-z ,]+$/.test(state) && state !== 'null' ? state : `\`${state}\``);

function whatArrives({ field, state, expected }: UpdateCase): string {
  switch (expected.kind) {
    case 'sent': {
      if (state === 'absent') return 'the bytes of the first row without its key';
      const body = Object.entries(NAMES).reduce((text, [id, name]) => text.replaceAll(id, name), expected.body);
      return `\`${body}\``;
    }
    case 'refused': {
      const path = expected.path.map((part) => (part === field ? '(field)' : part)).join('.');
      return `nothing; BAD_USER_INPUT at ${path}`;
    }
    case 'not executed':
      return 'nothing; refused by GraphQL itself';
  }
}

/** Puts rows together that differ in the field alone. */
function merge(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const merged = new Map<string, { fields: string[]; rest: readonly string[] }>();
  for (const [field = '', ...rest] of rows) {
    const key = JSON.stringify(rest);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { fields: [field], rest });
    else known.fields.push(field);
  }
  return [...merged.values()].map(({ fields, rest }) => [fields.join(', '), ...rest]);
}
