import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedIds as ids } from '../stand-ins/seed-ids.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const JSON_TYPE = 'application/json';
const CORRELATION_ID = 'one-for-both';
const READ = `query Read($id: ID!, $all: Boolean = false) { incidentGroup(id: $id) { id title serviceAssetFindings @include(if: $all) { id title } } }`;
const WRITE = `mutation ($input: UpdateIncidentGroupInput!) { updateIncidentGroup(input: $input) { incidentGroup { title user { id } } } }`;
const id = ids.ransomwareGroup;

interface Case {
  readonly title: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | object;
  readonly path?: string;
  /** What executes it and handles its HTTP; absent: it is refused before it is executed. */
  readonly way?: string;
}

const PLAIN = 'plan, plain';
const cases: readonly Case[] = [
  { title: 'a query', body: { query: READ, variables: { id } }, way: PLAIN },
  { title: 'a query with a condition', body: { query: READ, variables: { id, all: true } }, way: PLAIN },
  { title: 'a mutation', body: { query: WRITE, variables: { input: { id, title: 'New' } } }, way: PLAIN },
  { title: 'a mutation of input that is refused', body: { query: WRITE, variables: { input: { id } } }, way: PLAIN },
  {
    title: 'a named operation of several',
    body: { query: `${READ} query B { __typename }`, operationName: 'B' },
    way: PLAIN,
  },
  {
    title: 'null for all that may be',
    body: { query: '{ __typename }', variables: null, operationName: null, extensions: null },
    way: PLAIN,
  },
  {
    title: 'entities',
    body: {
      query: 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on IncidentGroup { title } } }',
      variables: { r: [{ __typename: 'IncidentGroup', id }, { __typename: 'Nothing' }] },
    },
    way: PLAIN,
  },
  {
    title: 'the newer media type',
    headers: { accept: 'application/graphql-response+json' },
    body: { query: READ, variables: { id } },
    way: PLAIN,
  },
  {
    title: 'both media types, as routers send them',
    headers: { accept: 'application/graphql-response+json, application/json;q=0.9' },
    body: { query: '{ __typename }' },
    way: PLAIN,
  },
  { title: 'any media type', headers: { accept: '*/*' }, body: { query: '{ __typename }' }, way: PLAIN },
  {
    title: 'an alias __proto__',
    body: { query: '{ __proto__: __typename constructor: __typename }' },
    way: 'graphql-js, plain',
  },
  { title: 'introspection', body: { query: '{ __schema { queryType { name } } }' }, way: 'graphql-js, plain' },
  { title: 'variables of another type', body: { query: READ, variables: { id: { a: 1 } } }, way: 'graphql-js, plain' },
  { title: 'a variable that is missing', body: { query: READ }, way: 'graphql-js, plain' },
  { title: 'a condition that is null', body: { query: READ, variables: { id, all: null } }, way: 'graphql-js, plain' },
  { title: 'variables that are no object', body: { query: READ, variables: [] } },
  {
    title: 'GET',
    method: 'GET',
    path: '?query=%7B__typename%7D',
    headers: { 'apollo-require-preflight': '1' },
    way: 'plan, apollo',
  },
  { title: 'GET without a header against forgery', method: 'GET', path: '?query=%7B__typename%7D' },
  {
    title: 'a mutation by GET',
    method: 'GET',
    path: '?query=mutation%7B__typename%7D',
    headers: { 'apollo-require-preflight': '1' },
  },
  { title: 'another method', method: 'DELETE' },
  { title: 'a document that does not parse', body: { query: '{' } },
  { title: 'a document that does not validate', body: { query: '{ nothing }' } },
  {
    title: 'the same with the newer media type',
    headers: { accept: 'application/graphql-response+json' },
    body: { query: '{ nothing }' },
  },
  { title: 'an unknown operation', body: { query: READ, operationName: 'C' } },
  { title: 'no query', body: { variables: {} } },
  { title: 'an empty query', body: { query: '' } },
  { title: 'a query that is no text', body: { query: 7 } },
  { title: 'extensions that are no object', body: { query: '{ __typename }', extensions: 'x' } },
  {
    title: 'a persisted query',
    body: { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } },
  },
  { title: 'a batch', body: [{ query: '{ __typename }' }] },
  { title: 'an empty object', body: {} },
  { title: 'no JSON', body: '{' },
  { title: 'another content type', headers: { 'content-type': 'text/plain' }, body: '{}' },
  {
    title: 'an accept header that rules out JSON',
    headers: { accept: 'text/html' },
    body: { query: WRITE, variables: { input: { id, title: 'Never' } } },
  },
];

describe('the short way and the long way', () => {
  let short: World;
  let long: World;
  beforeAll(async () => {
    short = await startSeededWorld();
    long = await startSeededWorld({}, { shortcuts: false });
  });
  beforeEach(() => {
    short.reset();
    long.reset();
  });
  afterAll(() => Promise.all([short.close(), long.close()]));

  async function ask(world: World, { method = 'POST', headers, body, path = '' }: Case) {
    const before = await ways(world);
    const response = await fetch(`${world.url}/graphql${path}`, {
      method,
      headers: {
        accept: JSON_TYPE,
        ...(body && { 'content-type': JSON_TYPE }),
        'x-correlation-id': CORRELATION_ID,
        ...headers,
      },
      ...(body && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const { date, ...answered } = Object.fromEntries(response.headers);
    expect(date).toBeDefined();
    const answer = { status: response.status, headers: answered, text: await response.text(), calls: world.calls() };
    const after = await ways(world);
    return { answer, way: Object.keys(after).find((name) => after[name] !== before[name]) };
  }

  it.each(cases)('answer $title alike to the byte', async (request) => {
    const left = await ask(short, request);
    const right = await ask(long, request);
    expect(left.answer).toEqual(right.answer);
    expect({ short: left.way, long: right.way }).toEqual({
      short: request.way,
      long: request.way && 'graphql-js, apollo',
    });
  });

  it('differ in nothing but the times when a router asks for a trace', async () => {
    const traced = {
      title: '',
      headers: { 'apollo-federation-include-trace': 'ftv1' },
      body: { query: READ, variables: { id } },
    };
    const [left, right] = [await ask(short, traced), await ask(long, traced)];
    const data = (text: string) => (JSON.parse(text) as { data: unknown }).data;
    expect(left.way).toBe('graphql-js, apollo');
    expect(left.answer.text).toContain('"ftv1"');
    expect(data(left.answer.text)).toEqual(data(right.answer.text));
    // Apollo Server wraps every resolver for it, once and for all; plans do not notice.
    expect((await ask(short, { title: '', body: traced.body })).way).toBe(PLAIN);
  });
});

/** Counts by what executed operations and what handled their HTTP. */
async function ways(world: World): Promise<Readonly<Record<string, string>>> {
  const text = await (await fetch(`${world.url}/metrics`)).text();
  const counts = text.matchAll(/^graphql_executions_total\{by="([^"]*)",http="([^"]*)"\} (\d+)$/gm);
  return Object.fromEntries([...counts].map(([, by, http, count]) => [`${by}, ${http}`, count ?? '']));
}
