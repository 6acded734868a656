import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startAegister, type Aegister } from '../stand-ins/aegister.ts';
import { startRadar, type Radar } from '../stand-ins/radar.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { addressOf, endProcesses, logEntry, startProcess, type ServerProcess } from '../support/server-process.ts';
import { AEGISTER_TOKEN, RADAR_API_KEY, postGraphQL } from '../support/world.ts';

const id = seedIds.phishingGroup;
const OPERATIONS = 40;

let aegister: Aegister;
let radar: Radar;
let server: ServerProcess;
let url: string;

beforeAll(async () => {
  [aegister, radar] = await Promise.all([
    startAegister({ token: AEGISTER_TOKEN }),
    startRadar({ apiKey: RADAR_API_KEY }),
  ]);
  radar.putGroup({ id, title: 'Phishing' });
});
afterEach(endProcesses);
afterAll(() => Promise.all([aegister.close(), radar.close()]));

async function start(): Promise<void> {
  server = startProcess(['node', '--import', 'tsx', 'src/main.ts'], {
    HOST: '127.0.0.1',
    PORT: '0',
    AEGISTER_BASE_URL: aegister.baseUrl,
    AEGISTER_TOKEN,
    RADAR_BASE_URL: radar.baseUrl,
    RADAR_API_KEY,
  });
  url = await addressOf(server);
}

/** Messages of the lines written so far, each of which has to be whole. */
function messages(): readonly unknown[] {
  return server.stdout.map((line) => logEntry(line)?.['msg'] ?? `broken: ${line}`);
}

describe('lines on standard output', () => {
  it('are all there when the process has ended in order, one for each operation', async () => {
    await start();
    const name = 'N'.repeat(100);
    const query = `query ${name} { incidentGroup(id: "${id}") { title } }`;
    await Promise.all(Array.from({ length: OPERATIONS }, () => postGraphQL(url, { query })));
    server.kill('SIGTERM');
    expect(await server.exited).toEqual({ code: 0, signal: null });
    expect(messages().filter((message) => message === 'operation')).toHaveLength(OPERATIONS);
    expect(messages().filter((message) => String(message).startsWith('broken'))).toEqual([]);
    expect(messages().at(-1)).toBe('stopped');
  });

  it('hold the record of a write before its caller is answered, so that not even SIGKILL takes it away', async () => {
    await start();
    const query = `mutation { updateIncidentGroup(input: { id: "${id}", title: "New" }) { incidentGroup { title } } }`;
    const { data } = await postGraphQL(url, { query });
    server.kill('SIGKILL');
    expect(data).toEqual({ updateIncidentGroup: { incidentGroup: { title: 'New' } } });
    expect(await server.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(messages()).toContain('audit');
  });

  it('hold the records of many writes at once before any of their callers is answered', async () => {
    await start();
    const write = (index: number) =>
      `mutation { updateIncidentGroup(input: { id: "${id}", title: "${index}" }) { incidentGroup { title } } }`;
    const answers = await Promise.all(
      Array.from({ length: OPERATIONS }, (_, index) => postGraphQL(url, { query: write(index) })),
    );
    server.kill('SIGKILL');
    await server.exited;
    expect(answers.filter(({ errors }) => errors !== undefined)).toEqual([]);
    expect(messages().filter((message) => message === 'audit')).toHaveLength(OPERATIONS);
  });
});
