import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composedExample, directorySubgraph, SUPERGRAPH_FILE } from '../../examples/supergraph/subgraphs.ts';
import { describeChanges, schemaChanges } from '../../federation/schema-changes.ts';
import { schemaDiff } from '../../federation/schema-diff.ts';
import { formatSdl, printedSdl, PRINTED_SDL, servedSdl } from '../../federation/served-sdl.ts';
import { editedSdl } from '../support/edited-sdl.ts';
import { readProjectFile } from '../support/source-imports.ts';
import { startWorld, type World } from '../support/world.ts';

const committed = readProjectFile(PRINTED_SDL);
const plain = (sdl: string) => parse(sdl, { noLocation: true });

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

describe('the printed SDL', () => {
  it('is what the running service serves, nothing added and nothing left out', async () => {
    const { data } = await world.send('{ _service { sdl } }');
    const { sdl } = (data as { _service: { sdl: string } })._service;

    expect(await servedSdl()).toBe(sdl);
    expect(plain(await printedSdl())).toEqual(plain(sdl));
  });

  it('is committed, so that a change of it is seen: what it breaks stands below', async () => {
    const changes = await schemaChanges({
      before: committed,
      after: await printedSdl(),
      neighbours: [directorySubgraph()],
    });

    expect(describeChanges(changes), `${PRINTED_SDL} is stale: npm run schema:print`).toBe('');
    expect(committed, `${PRINTED_SDL} is stale: npm run schema:print`).toBe(await printedSdl());
  });
});

describe('the supergraph of the example', () => {
  it('is committed as it is composed', async () => {
    const composed = await formatSdl(composedExample(await printedSdl()));

    expect(readProjectFile(SUPERGRAPH_FILE), `${SUPERGRAPH_FILE} is stale: npm run schema:print`).toBe(composed);
  });

  it('says nothing of who answers for its parts', () => {
    expect(readProjectFile(SUPERGRAPH_FILE)).not.toMatch(/@contact/);
  });
});

describe('npm run schema:diff', () => {
  it('finds no change since what is served', async () => {
    const report = await schemaDiff([], () => committed);

    expect(report).toEqual({ text: 'No change since HEAD.', breaking: false });
  });

  it('lists what would break for those who use the version at a ref', async () => {
    const asked: string[] = [];
    const older = await editedSdl(['  incidentsCount: Int\n', '  incidentsCount: Int\n  owner: String\n']);
    const report = await schemaDiff(['v1.2.0'], (ref) => {
      asked.push(ref);
      return older;
    });

    expect(asked).toEqual(['v1.2.0']);
    expect(report.breaking).toBe(true);
    expect(report.text).toBe(
      "BREAKING      clients      IncidentGroup.owner  Field 'owner' was removed from object type 'IncidentGroup'",
    );
  });

  it('says that a change breaks nothing', async () => {
    const older = await editedSdl(['"Title of the group."', '"What it is called."']);
    const report = await schemaDiff(['main'], () => older);

    expect(report.breaking).toBe(false);
    expect(report.text).toMatch(/^NON_BREAKING {2}clients {6}IncidentGroup\.title {2}/);
  });

  it.each([[['main', 'HEAD']], [['--help']]])('refuses %j', async (args) => {
    await expect(schemaDiff(args, () => committed)).rejects.toThrow('usage: npm run schema:diff [git ref]');
  });

  it('says when there is nothing to compare with', async () => {
    const nothing = () => {
      throw new Error('no such ref');
    };

    await expect(schemaDiff(['nowhere'], nothing)).rejects.toThrow('no such ref');
  });
});
