import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap, type ApolloServer, type HTTPGraphQLResponse } from '@apollo/server';
import Negotiator from 'negotiator';
import type { Cancellation } from '../backends/backend.ts';
import type { RequestContext } from '../request-context.ts';
import type { Caller } from '../access/caller.ts';
import type { Admission } from './admission.ts';
import { ClientDeparture } from './client-departure.ts';
import { correlationIdOf } from './correlation-id.ts';
import { operationTimeoutOf } from './operation-timeout.ts';
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
}

/** What is known of a request before its operation is. */
export interface CallOfClient {
  readonly correlationId: string;
  readonly caller: Caller;
  /** Time for the operation, milliseconds. */
  readonly timeoutMs: number;
  readonly cancellation: Cancellation;
}

/** As they are answered, charset included: an accept header may well ask for just that. */
const JSON_TYPES = ['application/graphql-response+json; charset=utf-8', 'application/json; charset=utf-8'];

/** GraphQL over HTTP on one address: who may call, what is read, what is written back. */
export function createGraphQLEndpoint(options: GraphQLEndpointOptions) {
  const { apollo, maxBodyBytes, operationTimeoutMs, cors, admit, createContext, onRefusal } = options;

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (cors?.(request, response) === true) return;
    const correlationId = correlationIdOf(request.headers['x-correlation-id']);
    response.setHeader('x-correlation-id', correlationId);
    const cancellation = new ClientDeparture(response);
    const caller = await admit(request, response, correlationId);
    if (caller === undefined) return;
    try {
      assertAcceptable(request);
      const timeoutMs = operationTimeoutOf(request.headers, operationTimeoutMs);
      const method = request.method ?? '';
      const body = method === 'POST' ? await readJsonBody(request, maxBodyBytes) : undefined;
      const answer = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method, headers: toHeaderMap(request), search: searchOf(request), body },
        context: async () => createContext(request, { correlationId, caller, timeoutMs, cancellation }),
      });
      await write(response, answer, correlationId, onRefusal);
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
 * Refuses, before anything runs, a request whose `accept` rules out every type an answer can have. Apollo Server finds that out only
 * after execution and then says 406: a mutation would be applied and reported as failed.
 */
function assertAcceptable(request: IncomingMessage): void {
  const accept = request.headers.accept;
  if (accept === undefined || accept === '*/*' || accept === 'application/json' || request.method !== 'POST') return;
  if (new Negotiator({ headers: { accept } }).mediaType(JSON_TYPES) !== undefined) return;
  throw new BadRequest(406, `The accept header must allow ${JSON_TYPES.join(' or ')}.`, true);
}

async function write(
  response: ServerResponse,
  answer: HTTPGraphQLResponse,
  correlationId: string,
  onRefusal: GraphQLEndpointOptions['onRefusal'],
): Promise<void> {
  response.statusCode = answer.status ?? 200;
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  if (answer.body.kind === 'chunked') {
    for await (const chunk of answer.body.asyncIterator) response.write(chunk);
    response.end();
    return;
  }
  const { string: text } = answer.body;
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  response.end(
    response.statusCode >= 400 && isJson ? completeRefusal(text, response.statusCode, correlationId, onRefusal) : text,
  );
}

/**
 * Adds the correlation id to the errors of a request that Apollo Server refused before it was an operation. Errors of operations carry
 * it already.
 */
function completeRefusal(
  text: string,
  status: number,
  correlationId: string,
  onRefusal: GraphQLEndpointOptions['onRefusal'],
): string {
  const answer = JSON.parse(text) as { readonly errors?: readonly { readonly extensions?: Record<string, unknown> }[] };
  const errors = answer.errors?.map((error) => {
    if (error.extensions?.['correlationId'] !== undefined) return error;
    onRefusal({ status, code: String(error.extensions?.['code']), correlationId });
    return { ...error, extensions: { ...error.extensions, correlationId } };
  });
  return JSON.stringify({ ...answer, errors });
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
