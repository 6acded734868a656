import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedIds as ids } from '../stand-ins/seed-ids.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';
import { waysOf } from './ways.ts';

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
  /** What executes it, and what of Apollo Server is around that; absent: it is refused before it is executed. */
  readonly way?: string;
  /** The same once its operation is known, where that differs. */
  readonly again?: string;
}

/** The usual way. */
const PLAIN = { way: 'plan, engine', again: 'plan, none' };
const cases: readonly Case[] = [
  { title: 'a query', body: { query: READ, variables: { id } }, ...PLAIN },
  { title: 'a query with a condition', body: { query: READ, variables: { id, all: true } }, ...PLAIN },
  { title: 'a mutation', body: { query: WRITE, variables: { input: { id, title: 'New' } } }, ...PLAIN },
  { title: 'a mutation of input that is refused', body: { query: WRITE, variables: { input: { id } } }, ...PLAIN },
  {
    title: 'a named operation of several',
    body: { query: `${READ} query B { __typename }`, operationName: 'B' },
    ...PLAIN,
  },
  {
    title: 'null for all that may be',
    body: { query: '{ __typename }', variables: null, operationName: null, extensions: null },
    ...PLAIN,
  },
  {
    title: 'entities',
    body: {
      query: 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on IncidentGroup { title } } }',
      variables: { r: [{ __typename: 'IncidentGroup', id }, { __typename: 'Nothing' }] },
    },
    ...PLAIN,
  },
  {
    title: 'the newer media type',
    headers: { accept: 'application/graphql-response+json' },
    body: { query: READ, variables: { id } },
    ...PLAIN,
  },
  {
    title: 'both media types, as routers send them',
    headers: { accept: 'application/graphql-response+json, application/json;q=0.9' },
    body: { query: '{ __typename }' },
    ...PLAIN,
  },
  { title: 'any media type', headers: { accept: '*/*' }, body: { query: '{ __typename }' }, ...PLAIN },
  {
    title: 'an alias __proto__',
    body: { query: '{ __proto__: __typename constructor: __typename }' },
    way: 'graphql-js, engine',
  },
  { title: 'introspection', body: { query: '{ __schema { queryType { name } } }' }, way: 'graphql-js, engine' },
  { title: 'variables of another type', body: { query: READ, variables: { id: { a: 1 } } }, way: 'graphql-js, engine' },
  { title: 'a variable that is missing', body: { query: READ }, way: 'graphql-js, engine' },
  { title: 'a condition that is null', body: { query: READ, variables: { id, all: null } }, way: 'graphql-js, engine' },
  { title: 'variables that are no object', body: { query: READ, variables: [] } },
  {
    title: 'GET',
    method: 'GET',
    path: '?query=%7B__typename%7D',
    headers: { 'apollo-require-preflight': '1' },
    way: 'plan, http',
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
    const before = await waysOf(world);
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
    const after = await waysOf(world);
    return { answer, way: Object.keys(after).find((name) => after[name] !== before[name]) };
  }

  it.each(cases)('answer $title alike to the byte, the first time and when the operation is known', async (request) => {
    const unseen = withNewDocument(request);
    const right = await ask(long, unseen);
    const first = await ask(short, unseen);
    short.reset();
    const again = await ask(short, unseen);
    expect(first.answer).toEqual(right.answer);
    expect(again.answer).toEqual(right.answer);
    expect([first.way, again.way, right.way]).toEqual([
      request.way,
      request.again ?? request.way,
      request.way && 'graphql-js, http',
    ]);
  });

  it('differ in nothing but the times when a router asks for a trace', async () => {
    const traced = {
      title: '',
      headers: { 'apollo-federation-include-trace': 'ftv1' },
      body: { query: READ, variables: { id } },
    };
    const [left, right] = [await ask(short, traced), await ask(long, traced)];
    const data = (text: string) => (JSON.parse(text) as { data: unknown }).data;
    expect(left.way).toBe('graphql-js, http');
    expect(left.answer.text).toContain('"ftv1"');
    expect(data(left.answer.text)).toEqual(data(right.answer.text));
    // Apollo Server wraps every resolver for it, once and for all; plans do not notice.
    expect((await ask(short, { title: '', body: traced.body })).way).toBe(PLAIN.way);
  });
});

/** The same request, its document with a comment that no other has. */
function withNewDocument(request: Case): Case {
  const { body } = request;
  if (typeof body !== 'object' || !('query' in body) || typeof body.query !== 'string' || body.query === '')
    return request;
  return { ...request, body: { ...body, query: `${body.query} # ${request.title}` } };
}
