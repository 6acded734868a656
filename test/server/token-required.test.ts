import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { AEGISTER_TOKEN } from '../support/world.ts';
import { ALL_SCOPES, startTokenWorld, type TokenWorld } from '../support/token-world.ts';

const { hospitalOrganization, ransomwareDossier } = seedIds;
const ALL = { scope: ALL_SCOPES, organizations: [hospitalOrganization] };
const READ = `{ incident(organizationId: ${hospitalOrganization}, id: ${ransomwareDossier}) { id } }`;
const ROUTER_SECRET = 'canary-router-secret';

describe('with JWT_JWKS_URL a request to /graphql', () => {
  let world: TokenWorld;
  beforeAll(async () => {
    world = await startTokenWorld();
  });
  beforeEach(() => world.reset());
  afterAll(() => world.close());

  it.each<readonly [what: string, headers: Record<string, string>]>([
    ['without a token', {}],
    ['with an empty header', { authorization: '' }],
    ['with the word alone', { authorization: 'Bearer' }],
    ['with a password', { authorization: 'Basic Y2FuYXJ5OmNhbmFyeQ==' }],
    ['with a token in another header', { 'x-authorization': 'Bearer canary' }],
  ])('%s is answered 401, with nothing carried out', async (_what, headers) => {
    const { status, headers: answered, errors } = await world.send(READ, {}, headers);
    expect([status, answered.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED', retryable: false } }]);
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });

  it.each([
    ['two good tokens', 2],
    ['the same token twice', 1],
  ])('with %s is answered 401: nobody can say which one was meant', async (_what, different) => {
    const tokens = await Promise.all([
      world.sign({ ...ALL, jti: '0' }),
      world.sign({ ...ALL, jti: String(different) }),
    ]);
    const [first, second] = different === 1 ? ([tokens[0], tokens[0]] as const) : tokens;
    const call = request(`${world.url}/graphql`, {
      method: 'POST',
      headers: [
        ...['host', 'localhost', 'transfer-encoding', 'chunked', 'content-type', 'application/json'],
        ...['authorization', `Bearer ${first}`, 'Authorization', `Bearer ${second}`],
      ],
    });
    call.end(JSON.stringify({ query: READ }));
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    expect([response.statusCode, response.headers['www-authenticate']]).toEqual([401, 'Bearer error="invalid_token"']);
    expect(await text(response)).not.toContain(first);
    expect(world.calls().aegister).toEqual([]);
  });

  it.each([
    ['introspection', '{ __schema { types { name } } }'],
    ['the SDL', '{ _service { sdl } }'],
    ['__typename', '{ __typename }'],
    ['a document that does not parse', '{'],
  ])('for %s is answered 401 as well', async (_what, query) => {
    expect(await world.send(query)).toMatchObject({ status: 401, data: undefined });
  });

  it.each([
    ['introspection', '{ __schema { queryType { name } } }'],
    ['the SDL', '{ _service { sdl } }'],
  ])('for %s needs no scope beside the token', async (_what, query) => {
    expect(await world.sendAs({}, query)).toMatchObject({ status: 200, errors: undefined });
  });

  it('for the explorer page is answered 401, which makes it useless in a browser', async () => {
    const response = await fetch(`${world.url}/graphql`, { headers: { accept: 'text/html' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([401, 'application/json; charset=utf-8']);
    await response.text();
  });

  it.each(['/healthz', '/readyz', '/metrics'])('is another thing than %s, which stays open', async (path) => {
    const response = await fetch(world.url + path);
    expect(response.status).toBe(200);
    await response.text();
  });

  it('tells no backend of the token', async () => {
    const token = await world.sign(ALL);
    expect((await world.sendWith(token, READ)).status).toBe(200);
    expect(world.aegister.requests).toHaveLength(1);
    expect(world.aegister.requests[0]?.rawHeaders.join(' ')).not.toMatch(/authorization|bearer/i);
    expect(world.leaks()).toEqual([]);
  });

  it('is counted as refused, and the issuer is in the metrics as what it is', async () => {
    await world.send(READ);
    const metrics = await (await fetch(`${world.url}/metrics`)).text();
    expect(metrics).toMatch(/graphql_errors_total\{type="none",code="UNAUTHENTICATED"\} [1-9]/);
    expect(metrics).toContain('backend="token-issuer",endpoint="GET key set",result="ok"');
  });
});

describe('with JWT_JWKS_URL and a router secret', () => {
  let world: TokenWorld;
  beforeAll(async () => {
    world = await startTokenWorld({ ROUTER_SECRET });
  });
  beforeEach(() => world.reset());
  afterAll(() => world.close());

  it('a token does not replace the secret', async () => {
    const answer = await world.sendAs(ALL, READ);
    expect([answer.status, answer.errors?.[0]?.message]).toEqual([401, 'Only the router may call this service.']);
    expect(answer.headers.get('www-authenticate')).toBeNull();
  });

  it('the secret does not replace a token', async () => {
    const answer = await world.send(READ, {}, { 'router-authorization': ROUTER_SECRET });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });

  it('both together are let in', async () => {
    const headers = { 'router-authorization': ROUTER_SECRET };
    expect((await world.sendWith(await world.sign(ALL), READ, headers)).data).toEqual({
      incident: { id: String(ransomwareDossier) },
    });
  });
});

describe('with JWT_JWKS_URL and callers’ own credentials', () => {
  let world: TokenWorld;
  beforeAll(async () => {
    world = await startTokenWorld({ AEGISTER_AUTH: 'forward' });
  });
  beforeEach(() => world.reset());
  afterAll(() => world.close());

  it('a token without a credential for the backend is not enough', async () => {
    const { errors } = await world.sendAs(ALL, READ);
    expect(errors).toMatchObject([{ path: ['incident'], extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(world.calls().aegister).toEqual([]);
  });

  it('a credential for the backend without a scope is not enough', async () => {
    const token = await world.sign({ organizations: [hospitalOrganization] });
    const { errors } = await world.sendWith(token, READ, { 'x-aegister-token': AEGISTER_TOKEN });
    expect(errors).toMatchObject([{ path: ['incident'], extensions: { code: 'FORBIDDEN' } }]);
    expect(world.calls().aegister).toEqual([]);
  });

  it('both together are', async () => {
    const { errors } = await world.sendWith(await world.sign(ALL), READ, { 'x-aegister-token': AEGISTER_TOKEN });
    expect(errors).toBeUndefined();
    expect(world.calls().aegister).toHaveLength(1);
  });
});

describe('the log at the start', () => {
  const warnings = (world: { readonly logLines: readonly string[] }) =>
    world.logLines.filter((line) => line.includes('whoever reaches this port may call'));

  it.each<readonly [what: string, count: number, settings: Record<string, string>]>([
    ['warns when nothing keeps anybody out', 1, { JWT_JWKS_URL: '', JWT_ISSUER: '', JWT_AUDIENCE: '' }],
    ['does not with tokens', 0, {}],
    ['does not with a router secret', 0, { JWT_JWKS_URL: '', JWT_ISSUER: '', JWT_AUDIENCE: '', ROUTER_SECRET }],
  ])('%s', async (_what, count, settings) => {
    const world = await startTokenWorld(settings);
    expect(warnings(world)).toHaveLength(count);
    await world.close();
  });
});
