import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap, type ApolloServer, type GraphQLRequest, type HTTPGraphQLResponse } from '@apollo/server';
import type { Cancellation } from '../backends/backend.ts';
import type { RequestContext } from '../request-context.ts';
import { formatRefusal } from '../results/format-errors.ts';
import type { Caller } from '../access/caller.ts';
import type { Admission } from './admission.ts';
import { ANSWER_TYPES, createAnswerTypes, type AnswerType } from './answer-type.ts';
import { ClientDeparture } from './client-departure.ts';
import { correlationIdOf } from './correlation-id.ts';
import { writeAnswer } from './graphql-answer.ts';
import { operationTimeoutOf } from './operation-timeout.ts';
import { toPlainRequest } from './plain-request.ts';
import { BadRequest, readJsonBody } from './read-body.ts';
import { writeRefusal, type Refusal } from './refuse.ts';

export interface GraphQLEndpointOptions {
  readonly apollo: ApolloServer<RequestContext>;
  readonly maxBodyBytes: number;
  /** Answers preflights itself, with true; undefined when no page may call. */
  readonly cors: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  readonly admit: Admission;
  /** Most time for one operation, milliseconds. */
  readonly operationTimeoutMs: number;
  readonly createContext: (request: IncomingMessage, call: CallOfClient) => RequestContext;
  /** Told of every request that was refused before it was an operation; operations are logged by the plugin. */
  readonly onRefusal: (refusal: Refusal) => void;
  /** Whether plain requests may skip Apollo Server's HTTP handling. */
  readonly plainly: boolean;
}

/** What is known of a request before its operation is. */
export interface CallOfClient {
  readonly correlationId: string;
  readonly caller: Caller;
  /** Time for the operation, milliseconds. */
  readonly timeoutMs: number;
  readonly cancellation: Cancellation;
}

/** GraphQL over HTTP on one address: who may call, what is read, what is written back. */
export function createGraphQLEndpoint(options: GraphQLEndpointOptions) {
  const { apollo, maxBodyBytes, operationTimeoutMs, cors, admit, createContext, onRefusal, plainly } = options;
  const answerTypeOf = createAnswerTypes();

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (cors?.(request, response) === true) return;
    const correlationId = correlationIdOf(request.headers['x-correlation-id']);
    response.setHeader('x-correlation-id', correlationId);
    const cancellation = new ClientDeparture(response);
    const caller = await admit(request, response, correlationId);
    if (caller === undefined) return;
    try {
      const method = request.method ?? '';
      const answerType = method === 'POST' ? acceptedType(answerTypeOf, request.headers.accept) : undefined;
      const timeoutMs = operationTimeoutOf(request.headers, operationTimeoutMs);
      const body = method === 'POST' ? await readJsonBody(request, maxBodyBytes) : undefined;
      const call = { correlationId, caller, timeoutMs, cancellation };
      const plain = plainly ? toPlainRequest(request, body) : undefined;
      const answer =
        plain !== undefined && answerType !== undefined
          ? await answerPlainly(apollo, plain, createContext(request, call), answerType)
          : await apollo.executeHTTPGraphQLRequest({
              httpGraphQLRequest: { method, headers: toHeaderMap(request), search: searchOf(request), body },
              context: async () => createContext(request, call),
            });
      await writeAnswer(response, answer, correlationId, onRefusal);
    } catch (error) {
      if (!(error instanceof BadRequest)) throw error;
      // The rest of the body is not read: the connection ends with this answer.
      if (error.unfinished) response.setHeader('connection', 'close');
      const refusal = { status: error.status, code: 'BAD_REQUEST', correlationId };
      onRefusal(refusal);
      writeRefusal(response, refusal, error.message);
    }
  };
}

/**
 * The type of the answer. Refuses, before anything runs, a request whose `accept` rules out every type an answer can have. Apollo
 * Server finds that out only after execution and then says 406: a mutation would be applied and reported as failed.
 */
function acceptedType(answerTypeOf: ReturnType<typeof createAnswerTypes>, accept: string | undefined): AnswerType {
  const type = answerTypeOf(accept);
  if (type === undefined) throw new BadRequest(406, `The accept header must allow ${ANSWER_TYPES}.`, true);
  return type;
}

/** The answer of Apollo Server's engine, put into HTTP as its own HTTP handling does. */
async function answerPlainly(
  apollo: ApolloServer<RequestContext>,
  request: GraphQLRequest,
  contextValue: RequestContext,
  answerType: AnswerType,
): Promise<HTTPGraphQLResponse> {
  try {
    const { http, body } = await apollo.executeOperation(request, { contextValue });
    if (body.kind === 'incremental') throw new Error('an answer in parts, which nobody asked for');
    const { errors, data, extensions } = body.singleResult;
    http.headers.set('content-type', answerType);
    return {
      ...http,
      body: { kind: 'complete', string: `${JSON.stringify({ errors, data, extensions })}\n` },
    };
  } catch {
    // Logged by the plugin. What became of a write that was under way nobody can say any more.
    const errors = [formatRefusal({ message: '' })];
    const headers = new HeaderMap([['content-type', answerType]]);
    return { status: 500, headers, body: { kind: 'complete', string: `${JSON.stringify({ errors })}\n` } };
  }
}

function toHeaderMap(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

function searchOf(request: IncomingMessage): string {
  const url = request.url ?? '';
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start);
}
