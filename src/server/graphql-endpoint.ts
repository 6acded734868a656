import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cancellation } from '../backends/backend.ts';
import type { RequestContext } from '../request-context.ts';
import type { Caller } from '../access/caller.ts';
import type { Admission } from './admission.ts';
import type { Answers } from './answers.ts';
import { ANSWER_TYPES, createAnswerTypes, type AnswerType } from './answer-type.ts';
import { ClientDeparture } from './client-departure.ts';
import { correlationIdOf } from './correlation-id.ts';
import { writeAnswer } from './graphql-answer.ts';
import { operationTimeoutOf } from './operation-timeout.ts';
import { BadRequest, readJsonBody } from './read-body.ts';
import { writeRefusal, type Refusal } from './refuse.ts';

export interface GraphQLEndpointOptions {
  readonly answer: Answers;
  readonly maxBodyBytes: number;
  /** Answers preflights itself, with true; undefined when no page may call. */
  readonly cors: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  readonly admit: Admission;
  /** Most time for one operation, milliseconds. */
  readonly operationTimeoutMs: number;
  readonly createContext: (request: IncomingMessage, call: CallOfClient) => RequestContext;
  /** Told of every request that was refused before it was an operation; operations by their report. */
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

/** GraphQL over HTTP on one address: who may call, what is read, what is written back. */
export function createGraphQLEndpoint(options: GraphQLEndpointOptions) {
  const { answer, maxBodyBytes, operationTimeoutMs, cors, admit, createContext, onRefusal } = options;
  const answerTypeOf = createAnswerTypes();

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (cors?.(request, response) === true) return;
    const correlationId = correlationIdOf(request.headers['x-correlation-id']);
    response.setHeader('x-correlation-id', correlationId);
    const cancellation = new ClientDeparture(response);
    const admitted = admit(request, response, correlationId);
    const caller = admitted instanceof Promise ? await admitted : admitted;
    // Of a request whose client left during the check nothing more will come, not even its end.
    if (caller === undefined || cancellation.isCancelled) return;
    try {
      const method = request.method ?? '';
      const answerType = method === 'POST' ? acceptedType(answerTypeOf, request.headers.accept) : undefined;
      const timeoutMs = operationTimeoutOf(request.headers, operationTimeoutMs);
      const body = method === 'POST' ? await readJsonBody(request, maxBodyBytes) : undefined;
      const context = createContext(request, { correlationId, caller, timeoutMs, cancellation });
      const written = writeAnswer(response, await answer(request, body, answerType, context), correlationId, onRefusal);
      if (written !== undefined) await written;
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
  if (type === undefined) throw new BadRequest(406, `The accept header must allow ${ANSWER_TYPES.join(' or ')}.`, true);
  return type;
}
