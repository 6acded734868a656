import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { startWorld, type World } from '../support/world.ts';

const CURRENT = 'canary-router-current';
const NEXT = 'canary-router-next';
const UPDATE = `mutation { updateIncidentGroup(input: { id: "${seedIds.phishingGroup}", title: "New" }) { incidentGroup { id } } }`;

let world: World;
beforeAll(async () => {
  world = await startWorld({ ROUTER_SECRET: `${CURRENT},${NEXT}`, LOG_LEVEL: 'debug' });
});
beforeEach(() => {
  world.reset();
  world.radar.putGroup({ id: seedIds.phishingGroup, title: 'Phishing' });
});
afterAll(() => world.close());

const REFUSALS: readonly (readonly [string, Record<string, string>])[] = [
  ['no secret', {}],
  ['an empty secret', { 'router-authorization': '' }],
  ['a wrong secret', { 'router-authorization': 'canary-router-wrong' }],
  ['both secrets in one', { 'router-authorization': `${CURRENT},${NEXT}` }],
  ['the beginning of a secret', { 'router-authorization': CURRENT.slice(0, -1) }],
  ['the secret in other case', { 'router-authorization': CURRENT.toUpperCase() }],
  ['the secret as a bearer token', { 'router-authorization': `Bearer ${CURRENT}` }],
  ['the secret in another header', { authorization: CURRENT }],
];

describe('a request to /graphql', () => {
  it.each(REFUSALS)('is answered 401 with %s, and nothing is sent', async (_what, headers) => {
    const answer = await world.send(UPDATE, {}, { ...headers, 'x-correlation-id': 'call-1' });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('x-correlation-id')).toBe('call-1');
    expect(JSON.parse(answer.text)).toEqual({
      errors: [
        {
          message: 'Only the router may call this service.',
          extensions: { code: 'UNAUTHENTICATED', retryable: false, correlationId: 'call-1' },
        },
      ],
    });
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });

  it('gets a correlation id of ours with the 401 when it brings none', async () => {
    const { headers, errors } = await world.send(UPDATE);
    expect(headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(errors?.[0]?.extensions['correlationId']).toBe(headers.get('x-correlation-id'));
  });

  it.each([
    ['current', CURRENT],
    ['next', NEXT],
  ])('is served with the %s secret of two', async (_which, secret) => {
    const { status, data, errors } = await world.send(UPDATE, {}, { 'router-authorization': secret });
    expect([status, data, errors]).toEqual([
      200,
      { updateIncidentGroup: { incidentGroup: { id: seedIds.phishingGroup } } },
      undefined,
    ]);
    expect(world.calls()).toEqual({ aegister: [], radar: ['PUT /cruddy/v2/incident_groups/update'] });
  });

  it('for the explorer page is answered 401 too', async () => {
    const response = await fetch(`${world.url}/graphql`, { headers: { accept: 'text/html' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([401, 'application/json; charset=utf-8']);
    await response.text();
  });

  it('for the explorer page is served with the secret', async () => {
    const headers = { accept: 'text/html', 'router-authorization': CURRENT };
    const response = await fetch(`${world.url}/graphql`, { headers });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
    expect(await response.text()).not.toContain('canary');
  });
});

it.each(['/healthz', '/readyz', '/metrics'])('%s stays open', async (path) => {
  const response = await fetch(world.url + path);
  expect(response.status).toBe(200);
  expect(await response.text()).not.toContain('canary');
});

it('neither secret is ever sent to a backend or written to the log', async () => {
  await world.send(UPDATE, {}, { 'router-authorization': CURRENT });
  await world.send(`query Q { nope }`, {}, { 'router-authorization': NEXT });
  expect(world.radar.requests.map((request) => request.rawHeaders.join(' '))).toEqual([
    expect.not.stringContaining('canary-router'),
  ]);
  expect(world.logLines.length).toBeGreaterThan(1);
  expect(world.logLines.join('')).not.toContain('canary-router');
});

it('a server without a secret serves everybody', async () => {
  const open = await startWorld();
  try {
    const { status } = await open.send('{ __typename }', {}, { 'router-authorization': 'anything' });
    expect(status).toBe(200);
  } finally {
    await open.close();
  }
});
