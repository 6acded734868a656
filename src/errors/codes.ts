import type { FailureKind } from './upstream-error.ts';

/** Public codes of failed fields. Adding one is a minor change, changing one breaks clients. */
export type ErrorCode =
  | 'BAD_USER_INPUT'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'UPSTREAM_REJECTED'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'UPSTREAM_AUTH_FAILED'
  | 'RATE_LIMITED'
  | 'UPSTREAM_UNAVAILABLE'
  | 'UPSTREAM_TIMEOUT'
  | 'UPSTREAM_ERROR'
  | 'UPSTREAM_BAD_RESPONSE'
  | 'INTERNAL_SERVER_ERROR';

/** What became of a write. */
export type Outcome = 'NOT_APPLIED' | 'UNKNOWN' | 'APPLIED';

export interface CodeRow {
  readonly code: ErrorCode;
  /** `reads`: repeating is safe and may help, but only where nothing is written. */
  readonly retryable: 'never' | 'reads' | 'always';
  /** `if-sent`: UNKNOWN once any byte may have left, NOT_APPLIED before that. */
  readonly outcome: 'NOT_APPLIED' | 'UNKNOWN' | 'if-sent';
  readonly read: string;
  readonly write: string;
}

/** The one table from what happened to what a client is told. */
export const codeTable: Readonly<Record<FailureKind | 'denied' | 'internal', CodeRow>> = {
  invalid: {
    code: 'BAD_USER_INPUT',
    retryable: 'never',
    outcome: 'NOT_APPLIED',
    read: 'The backend did not accept the request as valid.',
    write: 'The backend did not accept the input as valid; nothing was changed.',
  },
  not_found: {
    code: 'NOT_FOUND',
    retryable: 'never',
    outcome: 'NOT_APPLIED',
    read: 'There is no such record.',
    write: 'There is no such record to update.',
  },
  conflict: {
    code: 'CONFLICT',
    retryable: 'never',
    outcome: 'NOT_APPLIED',
    read: 'The request conflicts with existing data.',
    write: 'The update conflicts with existing data; nothing was changed.',
  },
  rejected: {
    code: 'UPSTREAM_REJECTED',
    retryable: 'never',
    outcome: 'NOT_APPLIED',
    read: 'The backend rejected the request.',
    write: 'The backend rejected the update; nothing was changed.',
  },
  unauthenticated: {
    code: 'UNAUTHENTICATED',
    retryable: 'never',
    outcome: 'NOT_APPLIED',
    read: 'The backend did not accept your credential.',
    write: 'The backend did not accept your credential; nothing was changed.',
  },
  credential_missing: {
    code: 'UNAUTHENTICATED',
    retryable: 'never',
    outcome: 'NOT_APPLIED',
    read: 'This request carries no credential for the backend.',
    write: 'This request carries no credential for the backend; nothing was changed.',
  },
  forbidden: {
    code: 'FORBIDDEN',
    retryable: 'never',
    outcome: 'NOT_APPLIED',
    read: 'Your credential does not allow this.',
    write: 'Your credential does not allow this update; nothing was changed.',
  },
  denied: {
    code: 'FORBIDDEN',
    retryable: 'never',
    outcome: 'NOT_APPLIED',
    read: 'Your token does not allow this.',
    write: 'Your token does not allow this; nothing was changed.',
  },
  credential_refused: {
    code: 'UPSTREAM_AUTH_FAILED',
    retryable: 'never',
    outcome: 'NOT_APPLIED',
    read: 'The backend refused the credential of this service.',
    write: 'The backend refused the credential of this service; nothing was changed.',
  },
  rate_limited: {
    code: 'RATE_LIMITED',
    retryable: 'always',
    outcome: 'NOT_APPLIED',
    read: 'The backend asks for fewer requests.',
    write: 'The backend asks for fewer requests; nothing was changed.',
  },
  unavailable: {
    code: 'UPSTREAM_UNAVAILABLE',
    retryable: 'always',
    outcome: 'NOT_APPLIED',
    read: 'The backend is not available.',
    write: 'The backend is not available; nothing was changed.',
  },
  timeout: {
    code: 'UPSTREAM_TIMEOUT',
    retryable: 'reads',
    outcome: 'if-sent',
    read: 'The backend did not answer in time.',
    write: 'The backend did not answer in time.',
  },
  // The client has gone away. Nobody sees this answer, so it needs no code of its own.
  cancelled: {
    code: 'UPSTREAM_TIMEOUT',
    retryable: 'reads',
    outcome: 'NOT_APPLIED',
    read: 'The backend did not answer before the client went away.',
    write: 'The client went away before the update was sent; nothing was changed.',
  },
  failed: {
    code: 'UPSTREAM_ERROR',
    retryable: 'reads',
    outcome: 'if-sent',
    read: 'The backend failed.',
    write: 'The backend failed.',
  },
  unreadable: {
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: 'never',
    outcome: 'UNKNOWN',
    read: 'The answer of the backend cannot be used.',
    write: 'The answer of the backend cannot be used.',
  },
  internal: {
    code: 'INTERNAL_SERVER_ERROR',
    retryable: 'never',
    outcome: 'UNKNOWN',
    read: 'This service failed.',
    write: 'This service failed.',
  },
};
