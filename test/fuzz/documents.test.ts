import * as fc from 'fast-check';
import { Kind, OperationTypeNode, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wireGroup, wireIncident } from '../support/known-records.ts';
import { anyDocument } from '../support/fuzz-documents.ts';
import { anyJson } from '../support/fuzz-values.ts';
import { expectProperty, FUZZ_TIMEOUT } from '../support/fuzz.ts';
import { expectPublicAnswer } from '../support/public-errors.ts';
import { startWorld, type GraphQLAnswer, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ LOG_LEVEL: 'error' });
});
afterAll(() => world.close());

const anyVariables = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  fc.record({ id: anyJson, yes: anyJson, input: anyJson, r: anyJson }, { requiredKeys: [] }),
  fc.constantFrom({ r: [{ __typename: 'IncidentGroup', id: wireGroup.id }] }, { r: [{}] }, { yes: true, id: '1' }),
  anyJson,
);
const anyRequest = fc.oneof(
  { weight: 3, arbitrary: fc.record({ query: anyDocument }) },
  fc.record(
    {
      query: fc.oneof({ weight: 9, arbitrary: anyDocument }, { weight: 1, arbitrary: anyJson }),
      variables: anyVariables,
      operationName: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(null, 'Q', 'M') }, anyJson),
      extensions: fc.oneof(anyJson, fc.constant({ persistedQuery: { version: 1, sha256Hash: 'x' } })),
    },
    { requiredKeys: ['query'] },
  ),
);

async function post(body: string): Promise<GraphQLAnswer> {
  const response = await fetch(`${world.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as Pick<GraphQLAnswer, 'data' | 'errors'>;
  return { status: response.status, headers: response.headers, text, data, errors };
}

/** Mutations that a text holds; none when it is no document. */
function mutationsIn(query: unknown): readonly OperationDefinitionNode[] {
  if (typeof query !== 'string') return [];
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch {
    return [];
  }
  return document.definitions.filter(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.MUTATION,
  ) as readonly OperationDefinitionNode[];
}

const writes = () => [...world.calls().aegister, ...world.calls().radar].filter((call) => !call.startsWith('GET '));

async function expectHarmless(body: string, query: unknown, count: (kind: string) => void): Promise<void> {
  world.reset();
  world.aegister.putIncident(wireIncident);
  world.radar.putGroup(wireGroup);
  const answer = await post(body);
  expectPublicAnswer(answer);
  expect([200, 400, 405, 413, 415]).toContain(answer.status);
  expect(world.logLines.filter((line) => !line.includes('"msg":"audit"'))).toEqual([]);
  expect([...world.aegister.failures, ...world.radar.failures]).toEqual([]);
  const done = writes().length;
  count(answer.data === undefined ? 'refused' : done === 0 ? 'ran, wrote nothing' : 'wrote');
  if (done === 0) return;
  // A fragment on the mutation's type is none that the generator makes, so root fields stand in the selection itself.
  expect(answer.status).toBe(200);
  const fields = mutationsIn(query).map(({ selectionSet }) => selectionSet.selections.length);
  expect(done).toBeLessThanOrEqual(Math.max(0, ...fields));
}

it(
  'random documents get a GraphQL answer, and write only what a mutation says',
  async () => {
    const kinds = ['refused', 'ran, wrote nothing', 'wrote'];
    await expectProperty({ title: 'documents', runs: 300, kinds }, (count) =>
      fc.asyncProperty(anyRequest, (request) => expectHarmless(JSON.stringify(request), request.query, count)),
    );
  },
  FUZZ_TIMEOUT,
);

it(
  'random bodies get a GraphQL answer and write nothing',
  async () => {
    const anyBody = fc.oneof(
      anyJson.map((value) => JSON.stringify(value)),
      fc.json(),
      fc.string({ unit: 'binary' }),
    );
    await expectProperty({ title: 'bodies', runs: 150, kinds: ['refused'] }, (count) =>
      fc.asyncProperty(anyBody, (body) => expectHarmless(body, undefined, count)),
    );
  },
  FUZZ_TIMEOUT,
);
