import { markdownTable } from '../markdown-table.ts';
import { grafbase } from './grafbase.ts';
import { hive, hiveRustPlanner } from './hive.ts';

/** What is seen when the gateway does not live to answer. */
export const GATEWAY_ENDS = 'the process of the gateway ends';

/** What each gateway does with links into this service, where they differ. Asserted, so a release that changes it shows. */
export const entityBehaviours: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [hive.name]: {
    failing: 'groups.title',
    malformed: 'groups.title',
    unfit: 'groups.title',
    dangling: '{"title":null,"incidentsCount":null}',
    repeated: '5',
    mixed: '1 request, 3 `_entities`',
    'two fields': '1 request, 2 `_entities`; 2 reads',
    'beyond the cap': '1001 errors',
  },
  [hiveRustPlanner.name]: {
    failing: 'groups.2',
    malformed: 'groups.3',
    unfit: 'groups.1.title',
    dangling: '{"title":null,"incidentsCount":null}',
    repeated: '5',
    mixed: '1 request, 1 `_entities`',
    'two fields': '1 request, 2 `_entities`; 2 reads',
    'beyond the cap': '1 error',
  },
  [grafbase.name]: {
    failing: 'groups.2',
    malformed: 'groups.3',
    unfit: 'groups.1.title',
    dangling: '{"title":null,"title":null}',
    repeated: '6',
    mixed: '3 requests, 3 `_entities`',
    'two fields': '2 requests, 2 `_entities`; 3 reads',
    'beyond the cap': GATEWAY_ENDS,
  },
};

const QUESTIONS: readonly (readonly [key: string, question: string, asCode: boolean])[] = [
  ['failing', 'path of the error where element 2 cannot be read', true],
  ['malformed', 'path of the error where element 3 has an id that is none', true],
  ['unfit', 'path of the error where the title of element 1 does not fit its type', true],
  ['dangling', 'a dangling link, asked for `title` and `incidentsCount`', true],
  ['repeated', 'representations sent for 6 links to 5 groups', false],
  ['mixed', 'a list of three types', false],
  ['two fields', 'two fields of a query with 3 links to 2 groups', false],
  ['beyond the cap', 'a list of 1,001 links where 1,000 are allowed', false],
];

const INTRO = `# Links into this service, through gateways

Another subgraph answers a list of links: some lead to a record, some to one that is gone, to one that cannot be read, or carry an id that
is none. \`test/gateways/entities.test.ts\` sends such lists through real gateways and writes this page from what it saw.

Through every gateway: the page is not blanked, every healthy element keeps its values, a record that is gone is \`null\` without an
error, and one that cannot be read is \`null\` with its own code. The gateways differ in this:`;

const NOTES = `- **A path without the index** (\`groups.title\`): the error does not say which element it is about, so in a page with several \`null\`s a client cannot
  tell a link that is gone from one that failed. The Rust planner keeps the index.
- **A key twice** (\`{"title":null,"title":null}\`): the answer lacks one of the fields. A client has to take a missing field for \`null\`.
- **Beyond the cap**: the whole list fails, and nothing is read. Page the list in the other subgraph, or raise \`MAX_REPRESENTATIONS\`. Where the
  gateway does not survive the refusal, raise it above the longest list that any subgraph can answer.`;

/** The page, as Markdown. */
export function entitiesPage(observed: ReadonlyMap<string, Readonly<Record<string, string>>>): string {
  const rows = QUESTIONS.map(([key, question, asCode]) => [
    question,
    ...[...observed.values()].map((behaviour) => {
      const seen = behaviour[key] ?? 'not run';
      return asCode ? `\`${seen}\`` : seen;
    }),
  ]);
  return [INTRO, markdownTable([['', ...observed.keys()], ...rows]), NOTES].join('\n\n');
}
