import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { crossingQuery } from '../../examples/supergraph/query.ts';
import { readDirectorySdl } from '../../examples/supergraph/subgraphs.ts';
import { endProcesses, startProcess } from '../support/server-process.ts';
import { postGraphQL } from '../support/world.ts';

const COMMAND = [process.execPath, '--import', 'tsx', 'examples/supergraph/main.ts'] as const;
/** A process that loads a whole gateway: long on a machine that is busy with other tests. */
const PATIENT = { timeout: 90_000 };

afterEach(endProcesses);

describe('npm run supergraph', () => {
  it('prints a query that works as it is, lets only its gateway in, and ends in order', PATIENT, async () => {
    const example = startProcess(COMMAND, { PORT: '0' });
    const printed = await example.printed('Ctrl-C');
    const url = /Gateway\s+(http:\S+)\/graphql/.exec(printed)?.[1] ?? '';
    const incidents = /incidents (http:\S+)/.exec(printed)?.[1] ?? '';

    expect(printed.replaceAll(/^ {4}/gm, '')).toContain(crossingQuery);
    const answer = await postGraphQL(url, { query: crossingQuery });
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({
      watchedGroups: [
        { title: 'Ransomware in radiology', user: { displayName: 'Noa Lindqvist (night shift)' } },
        { title: 'Phishing wave, payroll' },
        { title: 'Remote access to station 7' },
      ],
    });
    const shellBody = /-d '(\{.*\})'/.exec(printed)?.[1] ?? '';
    const fromShell = await postGraphQL(url, JSON.parse(shellBody) as object);
    expect(fromShell.data).toEqual(answer.data);
    expect((await postGraphQL(incidents, { query: '{ __typename }' })).status).toBe(401);

    example.kill('SIGTERM');
    expect(await example.exited).toEqual({ code: 0, signal: null });
    expect(example.stderr()).toBe('');
  });

  it('starts nothing and says why, a line each, when the neighbour does not fit', PATIENT, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'neighbour-'));
    const DIRECTORY_SCHEMA = join(folder, 'schema.graphql');
    writeFileSync(
      DIRECTORY_SCHEMA,
      readDirectorySdl().replace('runbook: String', 'runbook: String\n  incidentsCount: String'),
    );
    try {
      const example = startProcess(COMMAND, { PORT: '0', DIRECTORY_SCHEMA });

      expect(await example.exited).toEqual({ code: 1, signal: null });
      expect(example.stdout).toEqual([]);
      const [head, ...reasons] = example.stderr().trimEnd().split('\n');
      expect(head).toBe('The subgraphs do not compose:');
      expect(reasons).toHaveLength(2);
      expect(reasons.filter((reason) => !/^ {2}\S.*IncidentGroup\.incidentsCount/.test(reason))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('says when there is no such neighbour', () => {
    expect(() => readDirectorySdl('nowhere.graphql')).toThrow(
      'The subgraphs do not compose:\n  [directory] nowhere.graphql cannot be read',
    );
  });
});
