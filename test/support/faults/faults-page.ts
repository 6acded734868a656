import { markdownTable } from '../markdown-table.ts';
import type { Told } from './verdicts.ts';

/** One line of the matrix, as it came out for one backend. */
export interface Line {
  readonly section: string;
  readonly what: string;
  readonly backend: string;
  readonly read: Told;
  readonly readSends: string;
  readonly write: Told;
  readonly writeSends: string;
  /** What had become of the write at the backend when the client was told. */
  readonly state: string;
}

const HEAD = ['fault', 'backend', 'read', 'sends', 'write', 'outcome', 'sends', 'at the backend'];

/** The page about faults. Lines of both backends that say the same are one. */
export function faultsPage(lines: readonly Line[]): string {
  const sections = [...new Set(lines.map(({ section }) => section))];
  const twice = lines.filter(({ state }) => state === 'both').length;
  return [
    '# What a client is told when a backend fails',
    `Written by \`test/faults/fault-matrix.test.ts\` from what came over real sockets; do not edit: \`npx vitest run test/faults -u\` writes
the page again.`,
    '## How to read it',
    `- \`read\` and \`write\`: the code of the one error, **again** where \`retryable\` is true; \`none\` is a success.
- \`outcome\`: what the client is told about its write. \`NOT_APPLIED\` and \`APPLIED\` are compared with the state of the backend and have to be
  true. \`UNKNOWN\` is allowed only beside the codes of [Errors](../README.md#errors) that have it, never with **again**.
- \`sends\`: requests that arrived at the backend. Where fewer arrived than this service tried, the tries are named.
- \`at the backend\`: whether the write was carried out. **both**: the row was played twice, against a backend that carried the write out and
  against one that did nothing, with the same bytes on the wire, and the client was told the same. What a backend says plainly (a refusal, a 429
  or 503) is taken as true: nobody else could know.
- Where time ends a call, nothing else could have ended it: the backend hangs until the connection is given up.
- The circuit breaker is off except in its own row. Settings are the defaults otherwise, with less time where a row waits for its end.`,
    `${lines.length} pairs of a fault and a backend, each played as a read and as a write, ${twice} of the writes twice. A single wrong outcome
fails the run, so there is none in here.`,
    ...sections.flatMap((name) => [
      `## ${name}`,
      markdownTable([HEAD, ...rowsOf(lines.filter(({ section }) => section === name))]),
    ]),
    '',
  ].join('\n\n');
}

function rowsOf(lines: readonly Line[]): readonly (readonly string[])[] {
  const rows = new Map<
    string,
    { readonly what: string; readonly backends: string[]; readonly cells: readonly string[] }
  >();
  for (const line of lines) {
    const cells = [
      code(line.read),
      line.readSends,
      code(line.write),
      `\`${line.write.outcome}\``,
      line.writeSends,
      line.state,
    ];
    const key = [line.what, ...cells].join('\n');
    const row = rows.get(key) ?? { what: line.what, backends: [], cells };
    row.backends.push(line.backend);
    rows.set(key, row);
  }
  return [...rows.values()].map(({ what, backends, cells }) => [
    what,
    backends.length === 2 ? 'both' : backends.join(),
    ...cells,
  ]);
}

function code(told: Told): string {
  return `\`${told.code}\`${told.retryable === true ? ', again' : ''}`;
}
