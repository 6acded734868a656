import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { ALL_SCOPES, startTokenWorld, type TokenWorld } from '../support/token-world.ts';
import { startWorld, type World } from '../support/world.ts';

const DESK = 'https://desk.example';
const LOCAL = 'http://localhost:5173';
const READ = `{ incidentGroup(id: "${seedIds.ransomwareGroup}") { id } }`;
const ROUTER_SECRET = 'canary-router-secret';

async function preflight(url: string, headers: Record<string, string>) {
  const response = await fetch(`${url}/graphql`, { method: 'OPTIONS', headers });
  return { status: response.status, text: await response.text(), headers: corsHeaders(response.headers) };
}

/** Every header of an answer that is about origins. */
function corsHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name === 'vary' || name.startsWith('access-control-')));
}

const asks = (origin: string, method = 'POST') => ({
  origin,
  'access-control-request-method': method,
  'access-control-request-headers': 'content-type,authorization',
});

describe('with CORS_ORIGINS', () => {
  let world: TokenWorld;
  beforeAll(async () => {
    world = await startTokenWorld({ CORS_ORIGINS: `${DESK}, ${LOCAL}`, ROUTER_SECRET, NODE_ENV: 'production' });
  });
  beforeEach(() => world.reset());
  afterAll(() => world.close());

  it.each([DESK, LOCAL])('a preflight from %s is answered without secret or token', async (origin) => {
    expect(await preflight(world.url, asks(origin))).toEqual({
      status: 204,
      text: '',
      headers: {
        'access-control-allow-headers':
          'content-type, authorization, apollo-require-preflight, traceparent, x-correlation-id, x-operation-timeout-ms, x-aegister-token, pgrapikey, pgr-user-id, pgrselectedinstance',
        'access-control-allow-methods': 'POST',
        'access-control-allow-origin': origin,
        'access-control-max-age': '600',
        vary: 'Origin',
      },
    });
    expect(world.logLines.filter((line) => line.includes('OPTIONS'))).toEqual([]);
  });

  it.each([
    'https://evil.example',
    'http://desk.example',
    'https://desk.example:8443',
    'https://desk.example.evil.example',
    'https://evil-desk.example',
    'https://DESK.example',
    'null',
    '*',
    'http://localhost:5174',
  ])('a preflight from %s learns nothing', async (origin) => {
    expect(await preflight(world.url, asks(origin))).toEqual({ status: 204, text: '', headers: { vary: 'Origin' } });
  });

  it('an operation from a listed origin may be read, its correlation id included', async () => {
    const headers = { origin: DESK, 'router-authorization': ROUTER_SECRET };
    const answer = await world.sendWith(await world.sign({ scope: ALL_SCOPES }), READ, headers);
    expect([answer.status, answer.errors]).toEqual([200, undefined]);
    expect(corsHeaders(answer.headers)).toEqual({
      'access-control-allow-origin': DESK,
      'access-control-expose-headers': 'x-correlation-id',
      vary: 'Origin',
    });
  });

  it('a refusal may be read too, so that a page can tell its user', async () => {
    const { status, headers } = await world.send(READ, {}, { origin: DESK });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([401, DESK]);
  });

  it.each<readonly [from: string, headers: Record<string, string>]>([
    ['from another origin', { origin: 'https://evil.example' }],
    ['without an origin', {}],
  ])('an answer %s may not be read by pages', async (_from, headers) => {
    expect(corsHeaders((await world.send(READ, {}, headers)).headers)).toEqual({ vary: 'Origin' });
  });

  it('the other addresses are for no page', async () => {
    const response = await fetch(`${world.url}/metrics`, { headers: { origin: DESK } });
    expect(corsHeaders(response.headers)).toEqual({});
    await response.text();
  });

  it('an OPTIONS request that is no preflight needs secret and token', async () => {
    expect((await preflight(world.url, { origin: DESK })).status).toBe(401);
    expect((await preflight(world.url, { 'access-control-request-method': 'POST' })).status).toBe(401);
  });
});

describe('without CORS_ORIGINS', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  it('no answer has a header about origins', async () => {
    expect((await preflight(world.url, asks(DESK))).headers).toEqual({});
    expect(corsHeaders((await world.send('{ __typename }', {}, { origin: DESK })).headers)).toEqual({});
  });
});

it('with the explorer on, pages may GET as well', async () => {
  const world = await startWorld({ CORS_ORIGINS: DESK });
  const { headers } = await preflight(world.url, asks(DESK, 'GET'));
  expect(headers['access-control-allow-methods']).toBe('GET, POST');
  await world.close();
});
