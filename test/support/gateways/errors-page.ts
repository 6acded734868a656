import { formatMarkdown, markdownTable } from '../markdown-table.ts';
import type { Gateway } from './gateway.ts';

interface Tables {
  readonly gateways: readonly Gateway[];
  readonly fieldRows: readonly (readonly string[])[];
  readonly documentRows: readonly (readonly string[])[];
  readonly lineRows: readonly (readonly string[])[];
}

/** What the tables do not say by themselves about a gateway, by its name. */
const NOTES: Readonly<Record<string, string>> = {
  'Hive Gateway': `**Hive Gateway** by default lets every error of a subgraph through, adds \`serviceName\`, and passes on no header of the
client. The message of an error of its own is masked. It does not repeat a mutation, and without \`upstreamTimeout\` it sets no limit to
its wait for a subgraph.
Two settings need care. \`upstreamTimeout\` puts the address of the subgraph and the whole request, values included, into the error
that a client gets; the recommended configuration takes them out. \`upstreamRetry\` repeats mutations (a test shows it); leave it off.
In a list of entities from two subgraphs its error path lacks the place in the list; \`data\` is right.`,
  'Hive Gateway, Rust planner': `**Hive Gateway with the Rust planner** (\`unifiedGraphHandler\`) does the same, but a subgraph that cannot be
reached costs the whole answer: there is no \`data\`, and HTTP 500.`,
  Grafbase: `**Grafbase** lets every error of a subgraph through as it is and passes on no header of the client. There is no setting that
would leave \`upstream\` out. It does not repeat a mutation unless \`retry_mutations\` is switched on. By its documentation it waits 30 seconds for a subgraph.`,
};

/** The page about errors, from the tables that a run has filled. */
export function errorsPage({ gateways, fieldRows, documentRows, lineRows }: Tables): Promise<string> {
  const notes = gateways.flatMap(({ name }) => NOTES[name] ?? []);
  return formatMarkdown(
    [
      '# What a client sees of an error, through gateways',
      `Written by \`test/gateways/errors.test.ts\` from what came over the wire; do not edit: \`npx vitest run test/gateways -u\` writes the page
again, \`npm run test:grafbase -- -u\` that of Grafbase. \`default\` is the gateway as it comes, \`recommended\` is its file in
[federation/routers](../../federation/routers).`,
      '## What to rely on',
      `- \`code\` and, on a write, \`outcome\` reach the client unchanged wherever a gateway lets \`extensions\` through.
- An error without \`outcome\` on a mutation does not come from this service. Unless its code says that the document was refused, take it
  as \`UNKNOWN\`: read the record before you write again.
- In these configurations no gateway repeated a write, whatever happened to the answer.
- In \`forward\` mode the gateway has to pass the caller's credential on, or everybody is \`UNAUTHENTICATED\`.
- The service gives up after \`OPERATION_TIMEOUT_MS\` (25 s). A gateway that gives up earlier takes the \`outcome\` away.`,
      ...notes,
      '## Errors of this service',
      `Always HTTP 200 and always with \`correlationId\`, the client's own where it sent \`x-correlation-id\` and the gateway passes it on.
\`data\` is told where more than the failed field is left. In the columns of the gateways: what differs from the direct answer, places in
the document (\`locations\`) aside.`,
      markdownTable(fieldRows),
      '## Refusals of the whole request',
      'Gateways check documents themselves. A wrong router secret is a mistake of whoever runs the gateway; where the gateway \
lets the answer through, its `UNAUTHENTICATED` says nothing about the client.',
      markdownTable(documentRows),
      '## A write whose answer does not reach the gateway',
      'The service carried the write out (but where it was down), and then the line failed. The last words of a cell count the writes.',
      markdownTable(lineRows),
    ].join('\n\n'),
  );
}
