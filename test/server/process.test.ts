import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAegister, type Aegister } from '../stand-ins/aegister.ts';
import { fault } from '../stand-ins/faults.ts';
import { startRadar, type Radar } from '../stand-ins/radar.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { addressOf, endProcesses, logEntry, startProcess } from '../support/server-process.ts';
import { attemptToConnect, openRawConnection, rawRequest, type RawConnection } from '../support/raw-connection.ts';
import { AEGISTER_TOKEN, RADAR_API_KEY, postGraphQL } from '../support/world.ts';

const SERVER = ['node', '--import', 'tsx', 'src/main.ts'] as const;
const NPM_START = ['npm', 'start', '--silent'] as const;
const READ = `{ incidentGroup(id: "${seedIds.phishingGroup}") { id title } }`;

const JSON_HEADERS = { 'content-type': 'application/json' };
/** No connection, and not enough calls to open the breaker. */
const DOWN = { state: 'down', breaker: 'closed' };

let aegister: Aegister;
let radar: Radar;
let settings: Record<string, string>;

beforeAll(async () => {
  aegister = await startAegister({ token: AEGISTER_TOKEN });
  radar = await startRadar({ apiKey: RADAR_API_KEY });
  settings = {
    HOST: '127.0.0.1',
    PORT: '0',
    AEGISTER_BASE_URL: aegister.baseUrl,
    AEGISTER_TOKEN,
    RADAR_BASE_URL: radar.baseUrl,
    RADAR_API_KEY,
  };
});
beforeEach(() => {
  radar.putGroup({ id: seedIds.phishingGroup, title: 'Phishing' });
  radar.faults.clear();
});
afterEach(endProcesses);
afterAll(() => Promise.all([aegister.close(), radar.close()]));

/** A connection on which a request has been answered, as clients keep it for their next one. */
async function openIdleConnection(url: string): Promise<RawConnection> {
  const connection = await openRawConnection(url);
  connection.write(rawRequest('GET', '/healthz'));
  await connection.received(/\{"status":"alive"\}$/);
  return connection;
}

describe('start', () => {
  it('ends with code 1 and every fault on stderr when settings are missing or malformed', async () => {
    const server = startProcess(SERVER, {
      NODE_ENV: 'production',
      PORT: 'canary-port',
      AEGISTER_BASE_URL: 'https://user:canary-password@aegister.test',
      AEGISTER_TOKEN: 'canary-token',
      RADAR_BASE_URL: radar.baseUrl,
      RADAR_API_KEY: 'canary key ',
    });
    expect(await server.exited).toEqual({ code: 1, signal: null });
    expect(server.stdout).toEqual([]);
    const lines = server.stderr().trimEnd().split('\n');
    expect(lines.map((line) => line.trim().split(':', 1)[0]).sort()).toEqual([
      'AEGISTER_BASE_URL',
      'Cannot start, settings are missing or malformed',
      'PORT',
      'RADAR_API_KEY',
      'ROUTER_SECRET',
    ]);
    expect(server.stderr()).not.toContain('canary');
  });

  it('ends with code 1 when the port is taken', async () => {
    const port = String(radar.port);
    const server = startProcess(SERVER, { ...settings, PORT: port });
    expect(await server.exited).toEqual({ code: 1, signal: null });
    expect(server.stderr()).toContain('EADDRINUSE');
  });

  it('succeeds although both backends are down', async () => {
    const nowhere = { AEGISTER_BASE_URL: 'http://127.0.0.1:9', RADAR_BASE_URL: 'http://127.0.0.1:9' };
    const server = startProcess(SERVER, { ...settings, ...nowhere });
    const url = await addressOf(server);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'degraded', backends: { aegister: DOWN, radar: DOWN } },
    ]);
  });

  it('writes nothing but JSON lines to stdout, and no secret', async () => {
    const server = startProcess(SERVER, { ...settings, LOG_LEVEL: 'debug' });
    const url = await addressOf(server);
    await postGraphQL(url, { query: READ });
    await postGraphQL(url, { query: '{ nonsense' });
    server.kill('SIGTERM');
    await server.exited;
    const entries = server.stdout.map(logEntry);
    expect(entries).not.toContain(undefined);
    expect(entries.map((entry) => entry?.['msg'])).toEqual(
      expect.arrayContaining(['listening', 'operation', 'draining', 'stopped']),
    );
    expect(server.stdout.join('\n') + server.stderr()).not.toMatch(/canary/);
    expect(server.stderr()).toBe('');
  });
});

describe('SIGTERM', () => {
  it('lets the operation in flight end, refuses new connections, and ends with code 0', async () => {
    const held = fault.hold();
    radar.faults.once(held);
    const server = startProcess(SERVER, settings);
    const url = await addressOf(server);
    const idle = await openIdleConnection(url);
    const busy = await openRawConnection(url);
    busy.write(
      rawRequest('POST', '/graphql', { ...JSON_HEADERS, connection: 'close' }, JSON.stringify({ query: READ })),
    );
    await held.arrived;
    server.kill('SIGTERM');
    // The server closes this one itself, and that is after it has stopped to listen.
    await idle.closed;
    expect(await attemptToConnect(url)).toBe('ECONNREFUSED');
    held.release();
    expect(await busy.closed).toMatch(
      new RegExp(`^HTTP/1\\.1 200 OK\\r\\n[^]*"incidentGroup":{"id":"${seedIds.phishingGroup}","title":"Phishing"}`),
    );
    expect(await server.exited).toEqual({ code: 0, signal: null });
  });

  it('makes /readyz answer 503 on a connection that is open already', async () => {
    const held = fault.hold();
    radar.faults.once(held);
    const server = startProcess(SERVER, settings);
    const connection = await openRawConnection(await addressOf(server));
    connection.write(rawRequest('POST', '/graphql', JSON_HEADERS, JSON.stringify({ query: READ })));
    await held.arrived;
    server.kill('SIGTERM');
    await server.logged('draining');
    // Behind the operation on the same connection: nothing depends on how long an idle one is kept.
    connection.write(rawRequest('GET', '/readyz'));
    held.release();
    const [first = '', second = ''] = (await connection.closed).split(/(?<=\})(?=\n?HTTP)/);
    expect(first).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*"title":"Phishing"/);
    expect(second.trim()).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n(?:[^]*\r\n)?connection: close\r\n/i);
    expect(second).toMatch(
      /\{"status":"draining","backends":\{"aegister":\{"state":"\w+","breaker":"closed"\},"radar":\{"state":"\w+","breaker":"closed"\}\}\}$/,
    );
    expect(await server.exited).toEqual({ code: 0, signal: null });
  });

  it('ends with code 0 although a client keeps an idle connection open', async () => {
    const server = startProcess(SERVER, settings);
    const connection = await openIdleConnection(await addressOf(server));
    server.kill('SIGTERM');
    expect(await server.exited).toEqual({ code: 0, signal: null });
    await connection.closed;
  });

  it('does not wait for a client that keeps its connection after the answer to the operation in flight', async () => {
    const held = fault.hold();
    radar.faults.once(held);
    const server = startProcess(SERVER, settings);
    const url = await addressOf(server);
    const busy = await openRawConnection(url);
    const idle = await openIdleConnection(url);
    busy.write(rawRequest('POST', '/graphql', JSON_HEADERS, JSON.stringify({ query: READ })));
    await held.arrived;
    server.kill('SIGTERM');
    // Idle connections have been closed by now, and the busy one was not among them.
    await idle.closed;
    held.release();
    expect(await busy.received(/"title":"Phishing"/)).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(await server.exited).toEqual({ code: 0, signal: null });
  });

  it('may come twice', async () => {
    const held = fault.hold();
    radar.faults.once(held);
    const server = startProcess(SERVER, settings);
    const answer = postGraphQL(await addressOf(server), { query: READ });
    await held.arrived;
    server.kill('SIGTERM');
    await server.logged('draining');
    server.kill('SIGTERM');
    held.release();
    expect((await answer).status).toBe(200);
    expect(await server.exited).toEqual({ code: 0, signal: null });
  });
});

describe('npm start', () => {
  it('serves, and ends with code 0 when npm itself is told to end', async () => {
    const held = fault.hold();
    radar.faults.once(held);
    const server = startProcess(NPM_START, settings);
    const url = await addressOf(server);
    // Sent to npm alone, as a container runtime does: the server behind it has to hear of it.
    const answer = postGraphQL(url, { query: READ });
    await held.arrived;
    server.kill('SIGTERM');
    await server.logged('draining');
    held.release();
    expect((await answer).data).toEqual({ incidentGroup: { id: seedIds.phishingGroup, title: 'Phishing' } });
    expect(await server.exited).toEqual({ code: 0, signal: null });
    expect(server.stdout.map(logEntry)).not.toContain(undefined);
    expect(await attemptToConnect(url)).toBe('ECONNREFUSED');
  });

  it('ends with code 1 when settings are missing', async () => {
    const server = startProcess(NPM_START, {});
    expect(await server.exited).toEqual({ code: 1, signal: null });
    expect(server.stderr()).toContain('AEGISTER_BASE_URL: is required');
  });
});
