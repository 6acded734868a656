import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAegister, type Aegister } from '../stand-ins/aegister.ts';
import { fault } from '../stand-ins/faults.ts';
import { startRadar, type Radar } from '../stand-ins/radar.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { addressOf, endProcesses, logEntry, startProcess, type ServerProcess } from '../support/server-process.ts';
import { AEGISTER_TOKEN, RADAR_API_KEY, postGraphQL } from '../support/world.ts';

const SERVER = ['node', '--import', 'tsx', 'src/main.ts'] as const;
const READ = `{ incidentGroup(id: "${seedIds.phishingGroup}") { id title } }`;

let aegister: Aegister;
let radar: Radar;
let settings: Record<string, string>;

beforeAll(async () => {
  aegister = await startAegister({ token: AEGISTER_TOKEN });
  radar = await startRadar({ apiKey: RADAR_API_KEY });
  settings = {
    HOST: '127.0.0.1',
    PORT: '0',
    WORKERS: '2',
    AEGISTER_BASE_URL: aegister.baseUrl,
    AEGISTER_TOKEN,
    RADAR_BASE_URL: radar.baseUrl,
    RADAR_API_KEY,
  };
});
beforeEach(() => radar.faults.clear());
afterEach(endProcesses);
afterAll(() => Promise.all([aegister.close(), radar.close()]));

const linesOf = (server: ServerProcess, message: string) =>
  server.stdout.map(logEntry).filter((entry) => entry?.['msg'] === message);

/** Settles once the log has so many lines with this message. */
async function loggedTimes(server: ServerProcess, message: string, count: number): Promise<void> {
  await server.loggedLines((entries) => entries.filter(({ msg }) => msg === message).length >= count);
}

/** Asks on a new connection each time, so that the workers take turns. */
const read = (url: string) => postGraphQL(url, { query: READ }, { connection: 'close' });

describe('WORKERS=2', () => {
  it('serves one port with two processes, whose metrics are told together by whichever is asked', async () => {
    const server = startProcess(SERVER, settings);
    const url = await addressOf(server);
    await loggedTimes(server, 'listening', 2);
    expect(new Set(linesOf(server, 'listening').map((entry) => entry?.['url']))).toEqual(new Set([url]));

    for (let round = 0; round < 6; round += 1) expect((await read(url)).errors).toBeUndefined();

    for (let round = 0; round < 2; round += 1) {
      const metrics = await (await fetch(`${url}/metrics`, { headers: { connection: 'close' } })).text();
      expect(metrics).toMatch(/^graphql_operation_duration_seconds_count\{type="query"\} 6$/m);
      expect(metrics).toMatch(/^process_cpu_seconds_total /m);
    }
  });

  it('lets each operation in flight end on SIGTERM, and ends with code 0', async () => {
    const server = startProcess(SERVER, settings);
    const url = await addressOf(server);
    await loggedTimes(server, 'listening', 2);
    const held = fault.hold();
    radar.faults.always(held);
    radar.clearRequests();
    const answers = [read(url), read(url), read(url), read(url)];
    await radar.whenRequested(4);

    server.kill('SIGTERM');
    await loggedTimes(server, 'draining', 2);
    held.release();

    const titles = (await Promise.all(answers)).map(({ data }) => data);
    expect(titles).toEqual(
      answers.map(() => ({ incidentGroup: expect.objectContaining({ id: seedIds.phishingGroup }) as object })),
    );
    expect(await server.exited).toEqual({ code: 0, signal: null });
    expect(linesOf(server, 'stopped')).toHaveLength(2);
    expect(server.stderr()).toBe('');
  });

  it('lets the workers together send no more requests to a backend at once than the setting says', async () => {
    const server = startProcess(SERVER, { ...settings, RADAR_CONCURRENCY: '2' });
    const url = await addressOf(server);
    await loggedTimes(server, 'listening', 2);
    const held = fault.hold();
    radar.faults.always(held);
    radar.clearRequests();
    const answers = Array.from({ length: 8 }, () => read(url));

    const metrics = async () => (await fetch(`${url}/metrics`, { headers: { connection: 'close' } })).text();
    await expect.poll(metrics, { timeout: 30_000 }).toMatch(/^upstream_requests_waiting\{backend="radar"\} 6$/m);
    expect(await metrics()).toMatch(/^upstream_requests_in_flight\{backend="radar"\} 2$/m);
    // One that is in flight may still be on its way.
    await radar.whenRequested(2);
    held.release();

    expect((await Promise.all(answers)).map(({ errors }) => errors)).toEqual(answers.map(() => undefined));
    expect(radar.maxInFlight).toBe(2);
  });

  it('replaces a worker that dies, and says so', async () => {
    const server = startProcess(SERVER, settings);
    const url = await addressOf(server);
    await loggedTimes(server, 'listening', 2);
    const [listening] = linesOf(server, 'listening');

    process.kill(Number(listening?.['pid']), 'SIGKILL');
    await loggedTimes(server, 'listening', 3);

    expect(linesOf(server, 'a worker died and is replaced')).toMatchObject([{ level: 'error', signal: 'SIGKILL' }]);
    for (let round = 0; round < 4; round += 1) expect((await read(url)).errors).toBeUndefined();
    server.kill('SIGTERM');
    expect((await server.exited).code).toBe(0);
  });

  it('ends with code 1 when the port is taken, instead of starting workers for ever', async () => {
    const server = startProcess(SERVER, { ...settings, PORT: String(radar.port) });

    expect(await server.exited).toEqual({ code: 1, signal: null });
    expect(server.stderr()).toContain('EADDRINUSE');
  });

  it('names malformed settings once, before any worker starts', async () => {
    const server = startProcess(SERVER, { ...settings, WORKERS: '0', RADAR_BASE_URL: 'nowhere' });

    expect(await server.exited).toEqual({ code: 1, signal: null });
    expect(server.stderr().match(/Cannot start/g)).toHaveLength(1);
    expect(server.stderr()).toMatch(/WORKERS: must be/);
  });
});
