import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../support/world.ts';

const NOTHING = { aegister: [], radar: [] };
const PRODUCTION = { NODE_ENV: 'production', ROUTER_SECRET: 'disabled' };
const UPDATE = 'mutation($i: UpdateIncidentInput!) { updateIncident(input: $i) { incident { id } } }';
const KEY = { organizationId: '7', id: '8' };

const INTROSPECTION = [
  ['__schema', '{ __schema { types { name } } }'],
  ['__type', '{ __type(name: "Incident") { name } }'],
  ['__schema in a fragment', '{ ...F } fragment F on Query { __schema { queryType { name } } }'],
] as const;

const MISSPELT: readonly (readonly [string, string, object | undefined, string])[] = [
  ['field', '{ incidentGrup(id: "x") { id } }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
  ['argument', '{ incidentGroup(id: "x", idd: "x") { id } }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
  ['type', '{ _service { sdl } ... on Querry { __typename } }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'input field',
    'mutation { updateIncident(input: { organizationId: "7", id: "8", titel: "x" }) { incident { id } } }',
    undefined,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'enum value',
    'mutation { updateIncident(input: { organizationId: "7", id: "8", status: DRAFTS }) { incident { id } } }',
    undefined,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['input field in a variable', UPDATE, { i: { ...KEY, titel: 'x' } }, 'BAD_USER_INPUT'],
  ['enum value in a variable', UPDATE, { i: { ...KEY, status: 'DRAFTS' } }, 'BAD_USER_INPUT'],
];

async function getPage(url: string) {
  const response = await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

let world: World;
beforeAll(async () => {
  world = await startWorld(PRODUCTION);
});
afterAll(() => world.close());

describe('in production', () => {
  beforeEach(() => world.reset());

  it.each(INTROSPECTION)('%s is refused', async (_what, query) => {
    const { status, data, errors } = await world.send(query);
    expect([status, data]).toEqual([400, undefined]);
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'GRAPHQL_VALIDATION_FAILED', retryable: false, correlationId: expect.any(String) as string },
    ]);
  });

  it('the SDL is served to the router', async () => {
    const { data, errors } = await world.send('{ _service { sdl } }');
    expect(errors).toBeUndefined();
    expect(data).toEqual({ _service: { sdl: expect.stringContaining('type Incident @key') as string } });
  });

  it('__typename is served', async () => {
    expect((await world.send('{ __typename }')).data).toEqual({ __typename: 'Query' });
  });

  it.each(MISSPELT)('nothing is suggested for a misspelt %s', async (_what, query, variables, code) => {
    const { status, text, errors } = await world.send(query, variables);
    expect([status, errors?.map(({ extensions }) => extensions['code'])]).toEqual([400, [code]]);
    expect(text).not.toMatch(/did you mean/i);
    expect(world.calls()).toEqual(NOTHING);
  });

  it('there is no explorer page', async () => {
    const { status, type, text } = await getPage(world.url);
    expect([status, type]).toEqual([400, 'application/json; charset=utf-8']);
    expect(text).not.toMatch(/<html|<script/i);
  });

  it('no stack is in any answer', async () => {
    const { text } = await world.send('{ incidentGroup(id: "x") { id } }');
    expect(text).not.toMatch(/stack|\.ts|\.js/);
  });
});

describe('outside production', () => {
  let development: World;
  beforeAll(async () => {
    development = await startWorld();
  });
  afterAll(() => development.close());

  it.each(INTROSPECTION)('%s is served', async (_what, query) => {
    const { status, errors } = await development.send(query);
    expect([status, errors]).toEqual([200, undefined]);
  });

  it.each(MISSPELT)('the right name is suggested for a misspelt %s', async (_what, query, variables) => {
    expect((await development.send(query, variables)).text).toMatch(/Did you mean/);
  });

  it('GET /graphql is the explorer page for a browser', async () => {
    const { status, type, text } = await getPage(development.url);
    expect([status, type]).toEqual([200, 'text/html']);
    expect(text).toMatch(/^\s*<!DOCTYPE html>/i);
  });
});

describe('in production, switched on', () => {
  const start = (name: string) => startWorld({ ...PRODUCTION, [name]: '1' });

  it('introspection is served with INTROSPECTION=1, and nothing else is on', async () => {
    const open = await start('INTROSPECTION');
    try {
      expect((await open.send('{ __type(name: "Query") { name } }')).data).toEqual({ __type: { name: 'Query' } });
      expect((await open.send('{ incidentGrup(id: "x") { id } }')).text).not.toMatch(/did you mean/i);
      expect((await getPage(open.url)).status).toBe(400);
    } finally {
      await open.close();
    }
  });

  it('names are suggested with FIELD_SUGGESTIONS=1, and nothing else is on', async () => {
    const open = await start('FIELD_SUGGESTIONS');
    try {
      expect((await open.send('{ incidentGrup(id: "x") { id } }')).text).toContain('Did you mean \\"incidentGroup\\"');
      expect((await open.send('{ __type(name: "Query") { name } }')).status).toBe(400);
      expect((await getPage(open.url)).status).toBe(400);
    } finally {
      await open.close();
    }
  });

  it('the page is served with EXPLORER=1, and nothing else is on', async () => {
    const open = await start('EXPLORER');
    try {
      expect(await getPage(open.url)).toMatchObject({ status: 200, type: 'text/html' });
      expect((await open.send('{ __type(name: "Query") { name } }')).status).toBe(400);
      expect((await open.send('{ incidentGrup(id: "x") { id } }')).text).not.toMatch(/did you mean/i);
    } finally {
      await open.close();
    }
  });
});

describe('GET /graphql', () => {
  const get = async (query: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${world.url}/graphql?query=${encodeURIComponent(query)}`, { headers });
    return {
      status: response.status,
      allow: response.headers.get('allow'),
      answer: JSON.parse(await response.text()) as unknown,
    };
  };
  const MUTATION =
    'mutation { updateIncident(input: { organizationId: "7", id: "8", title: "x" }) { incident { id } } }';
  const READ = '{ incident(organizationId: "7", id: "8") { id } }';
  const PREFLIGHT = { 'apollo-require-preflight': 'true' };
  beforeEach(() => world.reset());

  it.each([
    ['query', READ],
    ['mutation', MUTATION],
  ])('with a %s is refused as a possible forgery without a header that no simple request has', async (_what, query) => {
    const { status, answer } = await get(query);
    expect(status).toBe(400);
    expect(answer).toEqual({
      errors: [
        {
          message: expect.stringContaining('CSRF') as string,
          extensions: { code: 'BAD_REQUEST', retryable: false, correlationId: expect.any(String) as string },
        },
      ],
    });
    expect(world.calls()).toEqual(NOTHING);
  });

  it('with a query is served with such a header', async () => {
    world.aegister.putIncident({ organization_id: 7, id: 8 });
    expect(await get(READ, PREFLIGHT)).toMatchObject({ status: 200, answer: { data: { incident: { id: '8' } } } });
  });

  it('with a mutation is refused with 405', async () => {
    const { status, allow, answer } = await get(MUTATION, PREFLIGHT);
    expect([status, allow]).toEqual([405, 'POST']);
    expect(answer).toEqual({
      errors: [
        {
          message: 'GET requests only support query operations, not mutation operations',
          extensions: {
            code: 'BAD_REQUEST',
            retryable: false,
            outcome: 'NOT_APPLIED',
            correlationId: expect.any(String) as string,
          },
        },
      ],
    });
    expect(world.calls()).toEqual(NOTHING);
  });
});
