import type { IncomingMessage } from 'node:http';
import { HeaderMap, type ApolloServer, type GraphQLResponse } from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import type { RequestContext } from '../request-context.ts';
import { formatRefusal } from '../results/format-errors.ts';
import { ANSWER_TYPES, type AnswerType } from './answer-type.ts';
import type { DocumentCache } from './document-cache.ts';
import type { HttpAnswer } from './graphql-answer.ts';
import type { Log } from './log.ts';
import type { Execution } from './metrics.ts';
import type { OperationReport } from './operation-report.ts';
import { toPlainRequest, type PlainRequest } from './plain-request.ts';

export interface AnswersOptions {
  readonly apollo: ApolloServer<RequestContext>;
  readonly documents: DocumentCache;
  readonly report: OperationReport;
  readonly log: Log;
  /** False: Apollo Server handles every request from its HTTP on. */
  readonly shortcuts: boolean;
}

/** @param answerType undefined for everything but POST. @param body of a POST, parsed */
export type Answers = (
  request: IncomingMessage,
  body: unknown,
  answerType: AnswerType | undefined,
  context: RequestContext,
) => Promise<HttpAnswer>;

/** How a known operation is executed. */
const BY_PLAN: Execution = { by: 'plan', pipeline: 'none' };

/** Shared by all answers that have no other; nobody changes them. */
const HEADERS = Object.fromEntries(
  ANSWER_TYPES.map((type) => [type, new HeaderMap([['content-type', type]])]),
) as Readonly<Record<AnswerType, HeaderMap>>;

/**
 * Answers requests with as much of Apollo Server around the operation as each of them needs. Nothing, when the operation is known: its
 * document was parsed, validated and planned for an earlier request. Its engine, when the request is plain. All of it for any other.
 */
export function createAnswers({ apollo, documents, report, log, shortcuts }: AnswersOptions): Answers {
  return async (request, body, answerType, context) => {
    const plain = shortcuts && answerType !== undefined ? toPlainRequest(request, body) : undefined;
    if (plain === undefined || answerType === undefined) {
      const httpGraphQLRequest = {
        method: request.method ?? '',
        headers: toHeaderMap(request),
        search: searchOf(request),
        body,
      };
      return apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: async () => context });
    }
    const { query, operationName, extensions } = plain;
    // Persisted queries are refused, and in the engine's words.
    const known = extensions?.['persistedQuery'] ? undefined : documents.operation(query, operationName);
    try {
      const start = performance.now();
      // Undefined when its variables are at fault: the engine finds the words for it.
      const running = known?.planned.run(context, plain.variables);
      if (known === undefined || running === undefined) return toHttp(await runByEngine(plain, context), answerType);
      const { data = null, errors: failures = [] } = await running;
      // Before the answer waits for others: that time is not counted, and who leaves during it is not noticed, as after it.
      const errors = report({ context, operation: known.operation, execution: BY_PLAN, data, failures, start });
      // Answers to writes go together in any case: they have waited for their records.
      const goesTogether = known.operation.operation === OperationTypeNode.QUERY;
      const result = errors.length === 0 ? { data } : { errors, data };
      return toHttp({ status: 200, result, goesTogether }, answerType);
    } catch (error) {
      log.error({ err: error, correlationId: context.correlationId }, 'an operation could not be answered');
      return toHttp(UNANSWERED, answerType);
    }
  };

  async function runByEngine(request: PlainRequest, contextValue: RequestContext): Promise<Answer> {
    let response: GraphQLResponse;
    try {
      response = await apollo.executeOperation(request, { contextValue });
    } catch {
      // The plugin has logged why.
      return UNANSWERED;
    }
    const { http, body } = response;
    if (body.kind === 'incremental') throw new Error('an answer in parts, which nobody asked for');
    const { errors, data, extensions } = body.singleResult;
    return { status: http.status ?? 200, headers: http.headers, result: { errors, data, extensions } };
  }
}

interface Answer {
  readonly status: number;
  /** Beside those of every answer. */
  readonly headers?: HeaderMap;
  readonly result: object;
  readonly goesTogether?: boolean;
}

/** What became of a write that was under way nobody can say any more. */
const UNANSWERED: Answer = { status: 500, result: { errors: [formatRefusal({ message: '' })] } };

/** Puts an answer into HTTP as Apollo Server's own handling does. */
function toHttp({ status, headers, result, goesTogether = false }: Answer, type: AnswerType): HttpAnswer {
  return {
    status,
    headers: headers?.set('content-type', type) ?? HEADERS[type],
    body: { kind: 'complete', string: JSON.stringify(result) },
    goesTogether,
  };
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
