import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startAegister, type Aegister } from '../stand-ins/aegister.ts';
import { startRadar, type Radar } from '../stand-ins/radar.ts';
import { createCanarySearch, type CanarySearch } from '../support/canary-search.ts';
import { credentialEchoes } from '../support/credential-echoes.ts';
import { targets } from '../support/failing-calls.ts';
import { openRawConnection, rawRequest } from '../support/raw-connection.ts';
import { createSecretFiles, type SecretFiles } from '../support/secret-files.ts';
import { addressOf, endProcesses, startProcess, type ServerProcess } from '../support/server-process.ts';

const SECRETS = { token: 'canary-token-a71f', key: 'canary-key-b82e', router: 'canary-router-c93d' };
const UNUSABLE = 'canary unusable d04c\n canary';
const CALLERS = { token: 'canary-callers-token-e15b', key: 'canary-callers-key-f26a' };
const WORDS = [...Object.values(SECRETS), ...Object.values(CALLERS)];
const CALLER = {
  'content-type': 'application/json',
  'router-authorization': SECRETS.router,
  'x-aegister-token': CALLERS.token,
  pgrapikey: CALLERS.key,
  // Never forwarded and never told.
  authorization: 'Bearer canary',
  cookie: 'session=canary',
  'apollo-federation-include-trace': 'ftv1',
};
/** Run inside the server's process: on one signal an exception nobody catches, on the other a rejection. */
const CRASHES = `
  const words = ${JSON.stringify(Object.values(SECRETS))}.join(' and ');
  const bug = () => Object.assign(new Error('bug with ' + words, { cause: new Error('caused by ' + words) }), { words });
  process.on('SIGUSR2', () => { throw bug(); });
  process.on('SIGHUP', () => void Promise.reject(bug()));`;
const SERVER = [
  'node',
  '--enable-source-maps',
  '--import',
  'tsx',
  '--import',
  `data:text/javascript,${encodeURIComponent(CRASHES)}`,
  'src/main.ts',
] as const;

let aegister: Aegister;
let radar: Radar;
let files: SecretFiles;
beforeAll(async () => {
  aegister = await startAegister({ tokens: [SECRETS.token, CALLERS.token] });
  radar = await startRadar({ apiKeys: [SECRETS.key, CALLERS.key] });
  files = createSecretFiles('rewrite', SECRETS);
});
afterEach(endProcesses);
afterAll(async () => {
  files.remove();
  await Promise.all([aegister.close(), radar.close()]);
});

const backendSettings = () => ({
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'debug',
  AEGISTER_BASE_URL: aegister.baseUrl,
  RADAR_BASE_URL: radar.baseUrl,
  AEGISTER_TIMEOUT_MS: '300',
  RADAR_TIMEOUT_MS: '300',
});
const byValue = { AEGISTER_TOKEN: SECRETS.token, RADAR_API_KEY: SECRETS.key, ROUTER_SECRET: SECRETS.router };
const byFile = () => ({
  AEGISTER_TOKEN_FILE: files.pathOf('token'),
  RADAR_API_KEY_FILE: files.pathOf('key'),
  ROUTER_SECRET_FILE: files.pathOf('router'),
});

/** Keeps an answer with its headers, and the trace in it as text. */
async function keep(search: CanarySearch, place: string, request: Promise<Response>): Promise<void> {
  const response = await request;
  const text = await response.text();
  search.add(place, text);
  search.add(`${place} header`, [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n'));
  const trace = /"ftv1":"([^"]+)"/.exec(text)?.[1];
  if (trace !== undefined) search.add('trace', Buffer.from(trace, 'base64').toString('latin1'));
}

/**
 * Announces a body that is too large, and sends nothing of it: whoever is still sending when the answer comes may find the connection closed
 * instead (EPIPE).
 */
async function announceTooMuch(search: CanarySearch, url: string): Promise<void> {
  const connection = await openRawConnection(url);
  connection.write(rawRequest('POST', '/graphql', { ...CALLER, 'content-length': '1100000' }));
  const answer = await connection.closed;
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  search.add('answer', answer);
}

/** Every operation under every way of failing, and requests that are none. */
async function drive(search: CanarySearch, url: string): Promise<void> {
  const post = (body: string, headers: Record<string, string> = CALLER) =>
    keep(search, 'answer', fetch(`${url}/graphql`, { method: 'POST', headers, body }));
  const operateAll = () =>
    Promise.all(
      targets.flatMap(({ read, write }) => [read, write]).map((operation) => post(JSON.stringify(operation))),
    );
  await operateAll();
  for (const echo of credentialEchoes(WORDS)) {
    for (const standIn of [aegister, radar]) standIn.faults.always(echo);
    await operateAll();
    for (const standIn of [aegister, radar]) standIn.faults.clear();
  }
  for (const standIn of [aegister, radar]) await standIn.stop();
  await operateAll();
  await keep(search, 'readyz', fetch(`${url}/readyz`));
  for (const standIn of [aegister, radar]) await standIn.restart();
  await Promise.all([
    post('{ not JSON'),
    post('[]'),
    post(JSON.stringify({ query: '{ nothing' })),
    post(JSON.stringify({ query: '{ nothing }' })),
    post(JSON.stringify({ query: 'mutation { updateIncident(input: { id: 1 }) { incident { id } } }' })),
    post(JSON.stringify({ query: '{ incident(organizationId: "x", id: "y") { id } }' })),
    post(JSON.stringify({ query: '{ _service { sdl } }' })),
    post('{}', { ...CALLER, 'content-type': 'text/plain' }),
    post('{}', { ...CALLER, 'router-authorization': `${SECRETS.router}x` }),
    announceTooMuch(search, url),
    keep(search, 'answer', fetch(`${url}/graphql`, { headers: { ...CALLER, accept: 'text/html' } })),
    keep(search, 'answer', fetch(`${url}/nowhere`, { headers: CALLER })),
    keep(search, 'readyz', fetch(`${url}/readyz`)),
    keep(search, 'metrics', fetch(`${url}/metrics`)),
  ]);
}

/** Asserts that nothing was found and that there was something to search, and says how much. */
function expectNothing(search: CanarySearch, title: string, places: readonly string[]): void {
  const amounts = search.amounts();
  console.info(`canary search, ${title}: ${JSON.stringify(amounts)}`);
  for (const place of places) expect(amounts[place]?.characters, place).toBeGreaterThan(0);
  // The shorter word is in all of them, and in every value that a start is refused for.
  expect(search.hits([...WORDS, 'canary'])).toEqual([]);
  // A log may name an address, whoever reads it has to find the backend. An answer may not.
  const addresses = [aegister, radar].map(({ url }) => new URL(url).host);
  expect(search.hits([...addresses, '127.0.0.1'], /answer|trace|metrics|readyz/)).toEqual([]);
}

async function keepOutput(search: CanarySearch, server: ServerProcess): Promise<void> {
  await server.exited;
  for (const line of server.stdout) search.add('stdout', line);
  if (server.stderr() !== '') search.add('stderr', server.stderr());
}

const OUTPUT = ['answer', 'answer header', 'trace', 'metrics', 'readyz', 'stdout', 'stderr'];

it.each([
  ['the service’s own credentials from files, an exception at the end', 'service', 'SIGUSR2'],
  ['the callers’ credentials forwarded, a rejection at the end', 'forward', 'SIGHUP'],
] as const)(
  'no secret gets out: %s',
  async (title, mode, signal) => {
    const search = createCanarySearch();
    const server = startProcess(SERVER, {
      ...backendSettings(),
      ...(mode === 'service' ? byFile() : byValue),
      AEGISTER_AUTH: mode,
      RADAR_AUTH: mode,
    });
    const url = await addressOf(server);
    await drive(search, url);
    if (mode === 'service') {
      writeFileSync(files.pathOf('token'), UNUSABLE);
      await server.logged('secret file cannot be used, the value of before stays');
    }
    server.kill(signal);
    expect(await server.exited).toEqual({ code: 1, signal: null });
    expect(server.stderr()).toContain('Error: bug with [secret] and [secret] and [secret]');
    expect(server.stderr()).toContain('caused by Error: caused by [secret] and [secret] and [secret]');
    await keepOutput(search, server);
    expectNothing(search, title, OUTPUT);
    // The search would have found something: the credentials did travel.
    const sent = [...aegister.requests, ...radar.requests].map(({ rawHeaders }) => rawHeaders.join('\n'));
    expect(sent.filter((headers) => headers.includes('canary')).length).toBeGreaterThan(100);
  },
  120_000,
);

it('no secret gets out of a start that fails', async () => {
  const search = createCanarySearch();
  const canary = 'canary value ';
  writeFileSync(files.pathOf('key'), UNUSABLE);
  const broken: readonly Record<string, string>[] = [
    {
      ...byValue,
      AEGISTER_TOKEN: canary,
      AEGISTER_BASE_URL: 'https://canary:canary@a.test',
      RADAR_BASE_URL: 'ftp://canary',
      RADAR_API_KEY: '',
      RADAR_API_KEY_FILE: files.pathOf('key'),
      RADAR_CA_FILE: files.pathOf('key'),
      RADAR_AUTH: canary,
      ROUTER_SECRET: 'canary,canary,canary',
      PORT: canary,
    },
    { ...byValue, AEGISTER_TOKEN_FILE: '/canary', RADAR_API_KEY_FILE: '/canary', ROUTER_SECRET_FILE: '/canary' },
    // The system's own error, whose message names what it was asked for.
    { ...byValue, PORT: String(radar.port) },
  ];
  const ended = broken.map(async (settings) => {
    const server = startProcess(SERVER, { ...backendSettings(), ...settings });
    expect(await server.exited).toEqual({ code: 1, signal: null });
    await keepOutput(search, server);
  });
  await Promise.all(ended);
  expect(search.amounts()['stderr']?.texts).toBe(broken.length);
  expectNothing(search, 'broken settings', ['stderr']);
}, 60_000);

it('the search itself finds every form of a secret', () => {
  const search = createCanarySearch();
  for (const text of ['xCANARY-1', 'c a\nnary-1', '"\\u0063anary\\u0000-1"', 'ｃａｎａｒｙ-1', 'c\u200banary-1']) {
    search.add('stdout', text);
  }
  search.add('stderr', 'nothing');
  expect(search.hits(['canary-1'])).toHaveLength(5);
  expect(search.hits(['canary-1'], /stderr/)).toEqual([]);
});
