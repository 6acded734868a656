import { HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import type { ExecutionResult } from 'graphql';
import type { Planner } from '../execution/planned-operation.ts';
import type { RequestContext } from '../request-context.ts';
import type { DocumentCache } from './document-cache.ts';
import type { Log } from './log.ts';
import type { OperationReport } from './operation-report.ts';

/** A router asks with it for the timing of every field. */
export const TRACE_HEADER = 'apollo-federation-include-trace';

export interface OperationPluginOptions {
  readonly log: Log;
  readonly report: OperationReport;
  /** Undefined: graphql-js executes everything. */
  readonly plan: Planner | undefined;
  /** Keeps the operations that have a plan: whoever asks for one of them again needs nothing of Apollo Server. */
  readonly documents: DocumentCache;
}

/**
 * The middle and the end of every operation that goes through Apollo Server. In the middle it is executed by its plan where it has one;
 * whatever has none, and what is to be traced field by field, Apollo Server leaves to graphql-js.
 */
export function operationPlugin({
  log,
  report,
  plan,
  documents,
}: OperationPluginOptions): ApolloServerPlugin<RequestContext> {
  return {
    async unexpectedErrorProcessingRequest({ error, requestContext }) {
      const { correlationId } = requestContext.contextValue;
      log.error({ err: error, correlationId }, 'an operation could not be answered');
    },
    async requestDidStart() {
      const start = performance.now();
      let by: 'plan' | 'graphql-js' | undefined;
      let answer: ExecutionResult | undefined;
      return {
        async responseForOperation({ request, source, document, operation, contextValue }) {
          if (request.http?.headers.has(TRACE_HEADER) === true) return null;
          const planned = plan?.(document, operation);
          if (planned === undefined) return null;
          documents.remember(source, request.operationName, { operation, planned });
          answer = await planned.run(contextValue, request.variables);
          if (answer === undefined) return null;
          by = 'plan';
          const { data = null } = answer;
          return {
            http: { headers: new HeaderMap() },
            body: { kind: 'single', singleResult: { data } },
          };
        },
        async executionDidStart() {
          by = 'graphql-js';
        },
        async willSendResponse({ request, response, operation, contextValue, errors = [] }) {
          const single = response.body.kind === 'single' ? response.body.singleResult : undefined;
          const publicErrors = report({
            context: contextValue,
            operation,
            execution: by && operation && { by, pipeline: request.http ? 'http' : 'engine' },
            data: single?.data,
            failures: single === undefined ? [] : (answer?.errors ?? errors),
            start,
          });
          if (single !== undefined && publicErrors.length > 0) single.errors = publicErrors;
        },
      };
    },
  };
}
