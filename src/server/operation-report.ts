import {
  Kind,
  OperationTypeNode,
  type GraphQLError,
  type GraphQLFormattedError,
  type OperationDefinitionNode,
} from 'graphql';
import { AccessDeniedError } from '../errors/access-denied-error.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import type { RequestContext } from '../request-context.ts';
import { causeOf, formatErrors } from '../results/format-errors.ts';
import { writeOutcomes } from '../results/write-outcomes.ts';
import type { Log } from './log.ts';
import type { Execution, Metrics } from './metrics.ts';

/** Longest operation name that is logged: it is the caller's text. */
const MAX_NAME = 100;

/** An operation at its end. */
export interface EndedOperation {
  readonly context: RequestContext;
  /** Undefined when the document was refused before its operation was known. */
  readonly operation: OperationDefinitionNode | undefined;
  /** Undefined when nothing was executed. */
  readonly execution: Execution | undefined;
  readonly data: Readonly<Record<string, unknown>> | null | undefined;
  readonly failures: readonly GraphQLError[];
  /** When it began, milliseconds on the clock of `performance.now()`. */
  readonly start: number;
}

/** Ends an operation: makes its errors public ones, writes its one log line, counts it. Answers the public errors. */
export type OperationReport = (ended: EndedOperation) => readonly GraphQLFormattedError[];

export interface OperationReportOptions {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Whether a refused document may be answered with names from the schema. */
  readonly suggestions: boolean;
}

/** The end of every operation. Only here are an error's original and its public form known together, so only here are failures logged. */
export function createOperationReport({ log, metrics, suggestions }: OperationReportOptions): OperationReport {
  // What the lines of one operation have in common is made into text once.
  const known = new WeakMap<OperationDefinitionNode, Log>();
  const ofNone = logOf(undefined);

  function logOf(definition: OperationDefinitionNode | undefined): Log {
    return log.child({
      operation: definition?.operation ?? 'none',
      operationName: definition?.name?.value.slice(0, MAX_NAME) ?? null,
      fields: rootFields(definition),
    });
  }

  function knownLogOf(definition: OperationDefinitionNode | undefined): Log {
    if (definition === undefined) return ofNone;
    const operationLog = known.get(definition) ?? logOf(definition);
    known.set(definition, operationLog);
    return operationLog;
  }

  return ({ context, operation: definition, execution, data, failures, start }) => {
    const { correlationId, sensitive, cancellation } = context;
    const clientLeft = cancellation.isCancelled;
    const operation = definition?.operation;
    const type = operation ?? 'none';
    const errors =
      failures.length === 0 ? [] : formatErrors(failures, { correlationId, operation, sensitive, suggestions });
    const codes = errors.map(({ extensions }) => String(extensions?.['code']));
    const durationMs = performance.now() - start;
    // Errors that nobody was answered with say nothing about the service.
    metrics.operation(type, clientLeft ? [] : codes, durationMs);
    if (clientLeft) metrics.clientLeft(type);
    if (execution !== undefined) metrics.execution(execution);
    const line: Record<string, unknown> = { correlationId, durationMs: Math.round(durationMs) };
    if (operation === OperationTypeNode.MUTATION) line['outcomes'] = writeOutcomes(data, errors);
    if (clientLeft) line['clientLeft'] = true;
    if (codes.length === 0) {
      knownLogOf(definition).info(line, 'operation');
    } else {
      knownLogOf(definition).warn({ ...line, codes, causes: failures.slice(0, 20).map(causeForLog) }, 'operation');
    }
    return errors;
  };
}

function rootFields(operation: OperationDefinitionNode | undefined): readonly string[] {
  const selections = operation?.selectionSet.selections ?? [];
  return selections.slice(0, 20).map((selection) => (selection.kind === Kind.FIELD ? selection.name.value : '...'));
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
