import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed.ts';
import { startWorld, type World } from '../support/world.ts';

describe('a request that is refused before it is an operation', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ ROUTER_SECRET: 'canary-router-secret' });
  });
  beforeEach(() => world.reset());
  afterAll(() => world.close());

  const trusted = { 'router-authorization': 'canary-router-secret', 'content-type': 'application/json' };
  const post = (headers: Record<string, string>, body: string | Uint8Array<ArrayBuffer>) =>
    fetch(`${world.url}/graphql`, { method: 'POST', headers, body });

  it.each([
    { what: 'without the router secret', headers: { 'content-type': 'application/json' }, body: '{}', status: 401 },
    { what: 'that is no JSON', headers: trusted, body: '{', status: 400 },
    { what: 'whose query is no text', headers: trusted, body: '{"query":1}', status: 400 },
    { what: 'that is a batch', headers: trusted, body: '[{"query":"{__typename}"}]', status: 400 },
  ])('$what leaves one log line and one count', async ({ headers, body, status }) => {
    const linesBefore = world.logLines.length;
    const countBefore = await refusals();
    const response = await post(headers, body);

    expect(response.status).toBe(status);
    const lines = world.logLines.slice(linesBefore).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toEqual([
      {
        level: 'warn',
        time: expect.any(String) as string,
        msg: 'request refused',
        status,
        code: status === 401 ? 'UNAUTHENTICATED' : 'BAD_REQUEST',
        correlationId: response.headers.get('x-correlation-id'),
      },
    ]);
    expect(await refusals()).toBe(countBefore + 1);
  });

  async function refusals(): Promise<number> {
    const text = await (await fetch(`${world.url}/metrics`)).text();
    return [...text.matchAll(/^graphql_errors_total\{type="none",code="\w+"\} (\d+)$/gm)]
      .map(([, count]) => Number(count))
      .reduce((sum, count) => sum + count, 0);
  }

  it('because it is not UTF-8 never reaches a backend in another spelling', async () => {
    const { hospitalOrganization, ransomwareDossier } = seedIds;
    const head = `{"query":"mutation { updateIncident(input: { organizationId: ${hospitalOrganization}, id: ${ransomwareDossier}, title: \\"a`;
    const body = Buffer.concat([
      Buffer.from(head),
      Buffer.from([0xff]),
      Buffer.from('b\\" }) { incident { id } } }"}'),
    ]);
    const response = await post(trusted, Uint8Array.from(body));

    expect(response.status).toBe(400);
    expect(world.calls().aegister).toEqual([]);
  });

  it.each(['application/json; charset=utf-16le', 'application/json; charset=latin1', 'application/jsonp'])(
    'because its content type is %s gets 415',
    async (type) => {
      const response = await post({ ...trusted, 'content-type': type }, '{"query":"{__typename}"}');
      expect(response.status).toBe(415);
    },
  );

  it.each([
    'application/json;charset=utf-8',
    'Application/JSON; charset="UTF-8"',
    'application/json;',
    'application/json; profile=x',
  ])('is none of these with the content type %s', async (type) => {
    const response = await post({ ...trusted, 'content-type': type }, '{"query":"{__typename}"}');
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  });
});
