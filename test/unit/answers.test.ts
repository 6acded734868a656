import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { Kind, parse } from 'graphql';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { RequestContext } from '../../src/request-context.ts';
import { createAnswers } from '../../src/server/answers.ts';
import { DocumentCache } from '../../src/server/document-cache.ts';

it.each([
  ['a query goes together with others', '{ a }', true],
  ['a mutation, which has waited for its record, does not', 'mutation { a }', false],
])('the answer to %s', async (_what, query, goesTogether) => {
  const documents = new DocumentCache();
  await documents.set('hash', parse(query));
  const [operation] = parse(query).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  documents.remember(query, undefined, { operation, planned: { run: async () => ({ data: { a: 1 } }) } });
  const answers = createAnswers({
    apollo: new ApolloServer<RequestContext>({ typeDefs: 'type Query { a: Int } type Mutation { a: Int }' }),
    documents,
    report: () => [],
    log: pino({ level: 'silent' }),
    shortcuts: true,
  });
  const request = new IncomingMessage(new Socket());
  request.method = 'POST';
  // The operation is known, and neither its plan nor the report looks at the context.
  const answer = await answers(request, { query }, 'application/json; charset=utf-8', {} as RequestContext);
  expect(answer).toMatchObject({ status: 200, body: { kind: 'complete', string: '{"data":{"a":1}}' }, goesTogether });
});
