/** Everything that can go wrong at a backend, as a closed list. `codes.ts` gives each kind its public code. */
export type FailureKind =
  | 'invalid'
  | 'not_found'
  | 'conflict'
  | 'rejected'
  | 'unauthenticated'
  | 'forbidden'
  | 'credential_missing'
  | 'credential_refused'
  | 'rate_limited'
  | 'unavailable'
  | 'timeout'
  | 'cancelled'
  | 'failed'
  | 'unreadable';

/** One detail of a failure. `field` is in domain terms (`['relations', 'serviceAssetFindingIds']`), without the leading `input`. */
export interface UpstreamIssue {
  readonly field: readonly string[] | null;
  readonly code: string;
  readonly message: string;
  /** True when `message` is the backend's text: it is then cleaned, and dropped if it gives a secret away. */
  readonly foreign: boolean;
}

export interface UpstreamFailure {
  readonly backend: string;
  readonly kind: FailureKind;
  /** Whether any byte of the request may have left this process. */
  readonly sent: boolean;
  /** HTTP status of the answer, null when there was none. */
  readonly status?: number | null;
  /** The backend's own error code, digits only. */
  readonly code?: string | null;
  /** Delay the backend asked for, milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** True when sending once more a moment later may succeed although nothing else changes. */
  readonly transient?: boolean;
  readonly issues?: readonly UpstreamIssue[];
  /** For the log only: what exactly did not fit. Holds no header and no body. */
  readonly detail?: string;
  readonly cause?: unknown;
}

/** A backend failed or refused. Never shown as it is: `translate.ts` decides what a client sees. */
export class UpstreamError extends Error {
  readonly backend: string;
  readonly kind: FailureKind;
  readonly sent: boolean;
  readonly status: number | null;
  readonly code: string | null;
  readonly retryAfterMs: number | undefined;
  readonly transient: boolean;
  readonly issues: readonly UpstreamIssue[];

  constructor(failure: UpstreamFailure) {
    super(`${failure.backend}: ${failure.kind}${failure.detail === undefined ? '' : `: ${failure.detail}`}`, {
      cause: failure.cause,
    });
    this.name = 'UpstreamError';
    this.backend = failure.backend;
    this.kind = failure.kind;
    this.sent = failure.sent;
    this.status = failure.status ?? null;
    this.code = failure.code ?? null;
    this.retryAfterMs = failure.retryAfterMs;
    this.transient = failure.transient ?? false;
    this.issues = failure.issues ?? [];
  }
}
