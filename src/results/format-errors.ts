import { GraphQLError, OperationTypeNode, type GraphQLFormattedError } from 'graphql';
import { codeTable } from '../errors/codes.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { translate, type Occasion } from '../errors/translate.ts';

/** What the last gate has to know of the operation whose errors it writes. */
export interface ErrorOccasion {
  readonly correlationId: string;
  /** Undefined when the document was refused before its operation was known. */
  readonly operation: OperationTypeNode | undefined;
  readonly sensitive: readonly string[];
  /** Whether a refused document may be answered with names from the schema ("Did you mean ...?"). */
  readonly suggestions: boolean;
}

/** Codes of refusals that happen before any resolver runs. They are the GraphQL server's usual ones, and their text speaks of the document only. */
const DOCUMENT_CODES: ReadonlySet<unknown> = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** The errors of one answer as the client sees them. Nothing of an error gets through but what is written here. */
export function formatErrors(
  errors: readonly GraphQLError[],
  occasion: ErrorOccasion,
): readonly GraphQLFormattedError[] {
  return errors.map((error) => formatError(error, occasion));
}

/**
 * A refusal of a request that never became an operation: not JSON, no query, a batch, a possible forgery. Its correlation id is added
 * where the answer is written.
 */
export function formatRefusal({ message, extensions }: GraphQLFormattedError): GraphQLFormattedError {
  const code = extensions?.['code'];
  if (DOCUMENT_CODES.has(code)) return { message, extensions: { code, retryable: false } };
  // Only a fault of this service gets here, for instance an answer too long to be written. A write may have been applied before it.
  const { code: internal, outcome, read } = codeTable.internal;
  return { message: read, extensions: { code: internal, retryable: false, outcome } };
}

function formatError(error: GraphQLError, occasion: ErrorOccasion): GraphQLFormattedError {
  const place = {
    ...(error.locations !== undefined && { locations: error.locations }),
    ...(error.path !== undefined && { path: error.path }),
  };
  if (error.path === undefined && DOCUMENT_CODES.has(error.extensions['code'])) {
    return {
      message: documentMessage(error, occasion),
      ...place,
      extensions: documentExtensions(error.extensions['code'], occasion),
    };
  }
  const { message, extensions } = translate(causeOf(error), toTranslation(error, occasion));
  return { message, ...place, extensions };
}

/** Longest message about a document, characters. GraphQL repeats the caller's own values in it, however long and however often. */
const MAX_MESSAGE = 1_000;

/** GraphQL's own words about the document, with a few exceptions. */
function documentMessage({ message, extensions }: GraphQLError, { suggestions }: ErrorOccasion): string {
  // A document nested thousands of levels deep breaks the parser down, and the message is the engine's.
  const brokeDown = extensions['code'] === 'GRAPHQL_PARSE_FAILED' && !message.startsWith('Syntax Error');
  if (brokeDown) return 'The document cannot be parsed.';
  // Apollo Server's text tells whoever runs it how to switch it on; that is not the caller's business.
  if (extensions['validationErrorCode'] === 'INTROSPECTION_DISABLED') return 'Introspection is switched off.';
  const text = suggestions ? message : withoutSuggestion(message);
  return text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)}...` : text;
}

/** A suggestion stands at the end. No pattern: the message repeats the caller's text, on which one could be made to take minutes. */
function withoutSuggestion(message: string): string {
  const start = message.endsWith('?') ? message.lastIndexOf('Did you mean ') : -1;
  return start === -1 ? message : message.slice(0, start).trimEnd();
}

/** `retryable` and, for a mutation, `outcome`: a refused document never reached a resolver. */
function documentExtensions(code: unknown, { operation, correlationId }: ErrorOccasion): Record<string, unknown> {
  return {
    code,
    retryable: false,
    ...(operation === OperationTypeNode.MUTATION && { outcome: 'NOT_APPLIED' }),
    correlationId,
  };
}

function toTranslation(error: GraphQLError, { operation, correlationId, sensitive }: ErrorOccasion): Occasion {
  if (operation !== OperationTypeNode.MUTATION) return { moment: 'read', correlationId, sensitive };
  // Below the root field of a mutation its payload exists, and so does the write.
  return { moment: (error.path?.length ?? 0) > 1 ? 'after-write' : 'write', correlationId, sensitive };
}

/** The innermost error a resolver threw. An argument that graphql-js itself refused at run time is a fault of the input. */
export function causeOf(error: GraphQLError): unknown {
  let cause: unknown = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined) cause = cause.originalError;
  if (cause instanceof GraphQLError && isArgumentFault(cause)) {
    const argument = /^Argument "(\w+)"/.exec(cause.message)?.[1] ?? 'input';
    return new InvalidInputError([{ path: [argument], code: 'INVALID', message: 'is missing, or not of its type.' }]);
  }
  return cause;
}

/** graphql-js blames a place in the document only for what the document or its variables got wrong. */
function isArgumentFault(error: GraphQLError): boolean {
  return error.message.startsWith('Argument "') && error.nodes !== undefined;
}
