import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aegisterTarget, expectSuccess } from '../support/failing-calls.ts';
import { startWatchedWorld, type WatchedWorld } from '../support/watched-world.ts';

let world: WatchedWorld;
beforeAll(async () => {
  world = await startWatchedWorld();
});
beforeEach(() => {
  world.reset();
  aegisterTarget.prepare(world);
});
afterEach(() => {
  // Whatever is refused here is refused before a backend hears of it.
  expect(world.calls()).toEqual({ aegister: [], radar: [] });
});
afterAll(() => world.close());

interface Refusal {
  readonly status: number;
  readonly correlationId: string | null;
  readonly text: string;
  readonly body: unknown;
}

/** POSTs bytes as they are, which `world.send` cannot. */
async function post(body: string, headers: Record<string, string> = {}): Promise<Refusal> {
  const response = await fetch(`${world.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  const correlationId = response.headers.get('x-correlation-id');
  expect(correlationId).toMatch(/^[\w.-]{1,128}$/);
  return { status: response.status, correlationId, text, body: JSON.parse(text) as unknown };
}

const operation = (query: string, variables?: object, operationName?: string) =>
  JSON.stringify({ query, variables, operationName });

describe('a document that is refused', () => {
  it.each([
    {
      how: 'does not parse',
      body: operation('mutation { updateIncident('),
      extensions: { code: 'GRAPHQL_PARSE_FAILED', retryable: false },
    },
    {
      how: 'is empty',
      body: operation(' '),
      extensions: { code: 'GRAPHQL_PARSE_FAILED', retryable: false },
    },
    {
      how: 'asks for an unknown field',
      body: operation('{ nothing }'),
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED', retryable: false },
    },
    {
      // Found by test/fuzz/documents.test.ts: GraphQL's own rules say nothing about it.
      how: 'is a subscription',
      body: operation(
        'subscription { updateIncident(input: { organizationId: "3071", id: "1024" }) { incident { id } } }',
      ),
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED', retryable: false },
    },
    {
      how: 'lacks a required input field',
      body: operation('query { incident(id: "1") { id } }'),
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED', retryable: false },
    },
    {
      how: 'names an operation that it does not hold',
      body: operation('query A { __typename }', {}, 'B'),
      extensions: { code: 'OPERATION_RESOLUTION_FAILURE', retryable: false },
    },
    {
      how: 'holds two operations and names none',
      body: operation('query A { __typename } query B { __typename }'),
      extensions: { code: 'OPERATION_RESOLUTION_FAILURE', retryable: false },
    },
    {
      how: 'has a variable of the wrong type on a query',
      body: operation('query ($id: ID!) { incidentGroup(id: $id) { id } }', { id: { a: 1 } }),
      extensions: { code: 'BAD_USER_INPUT', retryable: false },
    },
    {
      how: 'has a variable of the wrong type on a mutation',
      body: operation(aegisterTarget.write.query, { input: { organizationId: '1', id: '2', status: 'OPEN' } }),
      extensions: { code: 'BAD_USER_INPUT', retryable: false, outcome: 'NOT_APPLIED' },
    },
    {
      how: 'lacks a required variable of a mutation',
      body: operation(aegisterTarget.write.query, {}),
      extensions: { code: 'BAD_USER_INPUT', retryable: false, outcome: 'NOT_APPLIED' },
    },
    {
      how: 'has an unknown key in the input of a mutation',
      body: operation(aegisterTarget.write.query, { input: { organizationId: '1', id: '2', owner: 'me' } }),
      extensions: { code: 'BAD_USER_INPUT', retryable: false, outcome: 'NOT_APPLIED' },
    },
  ])('because it $how is 400 with $extensions.code', async ({ body, extensions }) => {
    const refusal = await post(body);

    expect(refusal.status).toBe(400);
    expect(refusal.body).not.toHaveProperty('data');
    const { errors } = refusal.body as { errors: { extensions: object }[] };
    expect(errors.map((error) => error.extensions)).toStrictEqual(
      Array.from({ length: Math.max(errors.length, 1) }, () => ({
        ...extensions,
        correlationId: refusal.correlationId,
      })),
    );
    expect(refusal.text).not.toMatch(/stack|node_modules|\.ts:/);
  });
});

describe('a request that is no operation', () => {
  it.each([
    { how: 'a batch', body: '[{"query":"{ __typename }"}]', status: 400 },
    { how: 'an empty batch', body: '[]', status: 400 },
    { how: 'no query', body: '{}', status: 400 },
    { how: 'a query that is no text', body: '{"query":{"a":1}}', status: 400 },
    { how: 'variables that are no object', body: '{"query":"{ __typename }","variables":"a"}', status: 400 },
    { how: 'JSON that stops in the middle', body: '{"query":"mutation {', status: 400 },
    { how: 'no body', body: '', status: 400 },
    { how: 'JSON null', body: 'null', status: 400 },
    { how: 'JSON text', body: '"{ __typename }"', status: 400 },
    { how: 'a form', body: 'query=%7B__typename%7D', type: 'application/x-www-form-urlencoded', status: 415 },
    { how: 'plain text', body: '{"query":"{ __typename }"}', type: 'text/plain', status: 415 },
    { how: 'a bare document', body: '{ __typename }', type: 'application/graphql', status: 415 },
  ])('but $how is $status with BAD_REQUEST', async ({ body, type = 'application/json', status }) => {
    const refusal = await post(body, { 'content-type': type });

    expect(refusal.status).toBe(status);
    expect(refusal.body).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    const { errors } = refusal.body as { errors: { extensions: object }[] };
    expect(errors.map(({ extensions }) => extensions)).toStrictEqual([
      { code: 'BAD_REQUEST', retryable: false, correlationId: refusal.correlationId },
    ]);
  });
});

describe('an Accept header', () => {
  const write = operation(aegisterTarget.write.query, aegisterTarget.write.variables);

  it.each([
    'text/html',
    'image/png, text/plain',
    'application/xml;q=0.9, text/*;q=0.8',
    'application/json;q=0, application/graphql-response+json;q=0',
    'multipart/mixed',
    // What is answered has this charset, so the one form that would fit is the one refused.
    'application/json, application/json; charset=utf-8; q=0, application/graphql-response+json; charset=utf-8; q=0',
  ])('that rules out JSON gets 406 and sends no mutation: %s', async (accept) => {
    const refusal = await post(write, { accept });

    const { errors, ...rest } = refusal.body as { errors: { message: string; extensions: object }[] };
    expect({ status: refusal.status, rest }).toStrictEqual({ status: 406, rest: {} });
    expect(errors.map(({ extensions }) => extensions)).toStrictEqual([
      { code: 'BAD_REQUEST', retryable: false, correlationId: refusal.correlationId },
    ]);
    expect(errors[0]?.message).toMatch(/application\/json/);
    expect(aegisterTarget.isWritten(world)).toBe(false);
  });

  it.each([
    '*/*',
    'application/*',
    'application/json',
    'application/json; charset=utf-8',
    'application/graphql-response+json;charset=UTF-8',
    'text/html, application/json;q=0.1',
    'application/graphql-response+json',
    'multipart/mixed;q=0.9, application/json;q=0.8',
    'application/graphql-response+json;q=0, application/json',
  ])('that allows JSON lets a mutation through: %s', async (accept) => {
    const { query, variables } = aegisterTarget.write;

    const answer = await world.send(query, variables, { accept });

    expectSuccess(answer, aegisterTarget.write);
    expect(world.calls().aegister).toEqual([aegisterTarget.writeCall]);
    world.reset();
  });
});

it('tells nothing in any of these answers or log lines that should stay inside', async () => {
  await world.send('{ __typename }');

  expect(world.leaks()).toEqual([]);
});
