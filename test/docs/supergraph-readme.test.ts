import { fileURLToPath } from 'node:url';
import { parse, print, stripIgnoredCharacters } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedDirectory, type DirectoryData } from '../../examples/supergraph/directory/people.ts';
import { crossingQuery } from '../../examples/supergraph/query.ts';
import { SUPERGRAPH_FILE } from '../../examples/supergraph/subgraphs.ts';
import { seedIds } from '../stand-ins/seed.ts';
import { fenced, withGeneratedBlocks } from '../support/generated-blocks.ts';
import { markdownTable } from '../support/markdown-table.ts';
import { operationsOf, planOf, queryPlanText } from '../support/query-plan-text.ts';
import { readProjectFile } from '../support/source-imports.ts';
import { startSupergraphWorld, type SupergraphWorld } from '../support/supergraph-world.ts';

const README = 'examples/supergraph/README.md';
const PAGE = 50;
const pageQuery = crossingQuery.replace('first: 3', `first: ${PAGE}`);
const plan = planOf(readProjectFile(SUPERGRAPH_FILE), crossingQuery);

/** Groups beyond the seeded ones, so many that they fill a page. */
const pageIds = Array.from(
  { length: PAGE },
  (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
);
const page: DirectoryData = { ...seedDirectory, watchedGroups: pageIds };

/** The example with its own data, and with a page of groups that share two users, two user groups and two findings. */
let seeded: SupergraphWorld;
let full: SupergraphWorld;
beforeAll(async () => {
  seeded = await startSupergraphWorld();
  full = await startSupergraphWorld(page);
  for (const [index, id] of pageIds.entries()) {
    full.world.radar.putGroup({
      id,
      user_id: index % 2 === 0 ? seedIds.nightAnalyst : seedIds.dayAnalyst,
      group_id: index % 3 === 0 ? seedIds.responseTeam : seedIds.plantTeam,
      service_asset_findings: [seedIds.massEncryptionFinding, seedIds.shadowCopiesFinding],
    });
  }
}, 90_000);
afterAll(async () => {
  await seeded.close();
  await full.close();
});

/** What each server was asked for one page. */
async function askForPage() {
  const before = { directory: full.askedOfDirectory.length, incidents: full.askedOfIncidents().length };
  full.world.reset();
  const answer = await full.send(pageQuery);
  const { radar, aegister } = full.world.calls();
  return {
    answer,
    directory: full.askedOfDirectory.slice(before.directory),
    incidents: full.askedOfIncidents().slice(before.incidents),
    radar,
    aegister,
  };
}

describe('a page of 50 groups fetched through the gateway', () => {
  it('is whole: users and user groups by name, findings and runbooks', async () => {
    const { answer } = await askForPage();

    const { watchedGroups } = answer.data as { watchedGroups: readonly unknown[] };
    expect(answer.errors).toBeUndefined();
    expect(watchedGroups).toHaveLength(PAGE);
    expect(watchedGroups[0]).toEqual({
      title: `Group ${pageIds[0] ?? ''}`,
      user: { displayName: 'Noa Lindqvist (night shift)' },
      group: { name: 'Incident response' },
      serviceAssetFindings: [
        { title: 'Mass renaming of files on RAD-FS-01', risk: 'none' },
        { title: 'Shadow copies deleted', risk: 'none' },
      ],
      runbook: null,
    });
  });

  it('is one request here and one read a group, and every user and user group is asked for once', async () => {
    const { directory, incidents, radar, aegister } = await askForPage();

    expect(incidents).toEqual([['_entities']]);
    expect(radar.toSorted()).toEqual(pageIds.map((id) => `GET /cruddy/v2/incident_groups/${id}`));
    expect(aegister).toEqual([]);
    expect(directory).toHaveLength(2);
    const representations = Object.values(directory[1]?.variables ?? {}).flat() as { readonly id: string }[];
    expect(representations.map(({ id }) => id).toSorted()).toEqual(
      [seedIds.nightAnalyst, seedIds.dayAnalyst, seedIds.responseTeam, seedIds.plantTeam].toSorted(),
    );
  });

  it('costs no more when a group is on the list twice', async () => {
    const twice = await startSupergraphWorld({
      ...seedDirectory,
      watchedGroups: [seedIds.phishingGroup, seedIds.phishingGroup],
    });
    try {
      const { data, errors } = await twice.send(crossingQuery);

      expect(errors).toBeUndefined();
      const { watchedGroups } = data as { watchedGroups: readonly unknown[] };
      expect(watchedGroups).toHaveLength(2);
      expect(watchedGroups[0]).toEqual(watchedGroups[1]);
      expect(twice.world.calls().radar).toEqual([`GET /cruddy/v2/incident_groups/${seedIds.phishingGroup}`]);
    } finally {
      await twice.close();
    }
  });

  it('keeps the others whole when the list has a group that is gone', async () => {
    const gone = await startSupergraphWorld({
      ...seedDirectory,
      watchedGroups: [seedIds.unknownGroup, seedIds.phishingGroup],
    });
    try {
      const { data, errors } = await gone.send(crossingQuery);

      expect(errors).toBeUndefined();
      expect(data).toMatchObject({ watchedGroups: [{ title: null, user: null }, { title: 'Phishing wave, payroll' }] });
    } finally {
      await gone.close();
    }
  });
});

describe('README of the example', () => {
  it('shows a plan that the gateway follows', async () => {
    const asked = seeded.askedOfDirectory.length;
    await seeded.send(crossingQuery);

    const planned = operationsOf(plan).filter(([subgraph]) => subgraph === 'directory');
    expect(seeded.askedOfDirectory.slice(asked).map(({ query }) => stripIgnoredCharacters(query))).toEqual(
      planned.map(([, operation]) => stripIgnoredCharacters(operation)),
    );
  });

  it('shows the query, its real answer, its plan and what a page costs', async () => {
    const { text } = await seeded.send(crossingQuery);
    const { directory, incidents, radar, aegister } = await askForPage();
    const readme = await withGeneratedBlocks(README, {
      query: fenced('graphql', print(parse(crossingQuery))),
      answer: fenced('json', JSON.stringify(JSON.parse(text))),
      plan: fenced('text', queryPlanText(plan)),
      counts: markdownTable([
        ['server', 'requests', 'for'],
        [
          'directory',
          String(directory.length),
          'the watch list with runbooks; all names, each user and user group once',
        ],
        ['incidents', String(incidents.length), `\`_entities\` with ${PAGE} groups`],
        ['Radar', String(radar.length), '`GET /cruddy/v2/incident_groups/{id}`, findings included'],
        ['Aegister', String(aegister.length), ''],
      ]),
    });

    await expect(readme).toMatchFileSnapshot(fileURLToPath(new URL(`../../${README}`, import.meta.url)));
  });
});
