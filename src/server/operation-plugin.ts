import { HeaderMap, type ApolloServerPlugin, type GraphQLRequestContext } from '@apollo/server';
import { Kind, OperationTypeNode, type ExecutionResult, type GraphQLError } from 'graphql';
import type { Outcome } from '../errors/codes.ts';
import { AccessDeniedError } from '../errors/access-denied-error.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import type { RequestContext } from '../request-context.ts';
import { causeOf, formatErrors } from '../results/format-errors.ts';
import { writeOutcomes } from '../results/write-outcomes.ts';
import type { Planner } from '../execution/planned-operation.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Longest operation name that is logged: it is the caller's text. */
const MAX_NAME = 100;
/** A router asks with it for the timing of every field. */
export const TRACE_HEADER = 'apollo-federation-include-trace';

export interface OperationPluginOptions {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Whether a refused document may be answered with names from the schema. */
  readonly suggestions: boolean;
  /** Undefined: graphql-js executes everything. */
  readonly plan: Planner | undefined;
}

/**
 * The middle and the end of every operation. In the middle it is executed by its plan where it has one; whatever has none, and what is
 * to be traced field by field, Apollo Server leaves to graphql-js. At the end its errors become public ones, one log line and the
 * metrics are written. Only here are an error's original and its public form known together, so only here are failures logged.
 */
export function operationPlugin(options: OperationPluginOptions): ApolloServerPlugin<RequestContext> {
  const { log, metrics, suggestions, plan } = options;
  return {
    async unexpectedErrorProcessingRequest({ error, requestContext }) {
      const { correlationId } = requestContext.contextValue;
      log.error({ err: error, correlationId }, 'an operation could not be answered');
    },
    async requestDidStart() {
      const start = performance.now();
      let by: 'plan' | 'graphql-js' | undefined;
      let planned: ExecutionResult | undefined;
      return {
        async responseForOperation({ request, document, operation, contextValue }) {
          if (plan === undefined || request.http?.headers.has(TRACE_HEADER) === true) return null;
          planned = await plan(document, operation)?.run(contextValue, request.variables);
          if (planned === undefined) return null;
          by = 'plan';
          const { data = null } = planned;
          return {
            http: { headers: new HeaderMap() },
            body: { kind: 'single', singleResult: { data } },
          };
        },
        async executionDidStart() {
          by = 'graphql-js';
        },
        async willSendResponse(request) {
          const { correlationId, sensitive, cancellation } = request.contextValue;
          const clientLeft = cancellation.isCancelled;
          const operation = request.operation?.operation;
          const codes: string[] = [];
          const failures = planned?.errors ?? request.errors ?? [];
          if (request.response.body.kind === 'single' && failures.length > 0) {
            const errors = formatErrors(failures, { correlationId, operation, sensitive, suggestions });
            request.response.body.singleResult.errors = errors;
            for (const { extensions } of errors) codes.push(String(extensions?.['code']));
          }
          const durationMs = performance.now() - start;
          // Errors that nobody was answered with say nothing about the service.
          metrics.operation(operation ?? 'none', clientLeft ? [] : codes, durationMs);
          if (clientLeft) metrics.clientLeft(operation ?? 'none');
          if (operation !== undefined && by !== undefined)
            metrics.execution(by, request.request.http ? 'apollo' : 'plain');
          log[codes.length === 0 ? 'info' : 'warn'](
            {
              correlationId,
              operation: operation ?? 'none',
              operationName: request.operationName?.slice(0, MAX_NAME) ?? null,
              fields: rootFields(request),
              ...(operation === OperationTypeNode.MUTATION && { outcomes: outcomesOf(request) }),
              durationMs: Math.round(durationMs),
              ...(clientLeft && { clientLeft }),
              ...(codes.length > 0 && { codes, causes: failures.slice(0, 20).map(causeForLog) }),
            },
            'operation',
          );
        },
      };
    },
  };
}

function rootFields({ operation }: GraphQLRequestContext<RequestContext>): readonly string[] {
  const selections = operation?.selectionSet.selections ?? [];
  return selections.slice(0, 20).map((selection) => (selection.kind === Kind.FIELD ? selection.name.value : '...'));
}

function outcomesOf({ response }: GraphQLRequestContext<RequestContext>): readonly Outcome[] {
  if (response.body?.kind !== 'single') return [];
  return writeOutcomes(response.body.singleResult.data, response.body.singleResult.errors);
}

/** What an operator needs to find the reason. Of upstream answers it holds status and code, never text, header or body. */
function causeForLog(error: GraphQLError): Record<string, unknown> {
  const cause = causeOf(error);
  const path = error.path?.join('.');
  if (cause instanceof UpstreamError) {
    const { backend, kind, sent, status, code, message } = cause;
    return { path, backend, kind, sent, status, code, message };
  }
  if (cause instanceof AccessDeniedError) return { path, message: cause.message };
  // Faults of the caller: their text repeats the caller's words, and the code says enough.
  const refused = cause instanceof InvalidInputError || error.extensions['code'] !== undefined;
  if (refused || !(cause instanceof Error)) return { path, message: cause instanceof Error ? cause.name : 'no error' };
  return { path, message: cause.message, stack: cause.stack };
}
