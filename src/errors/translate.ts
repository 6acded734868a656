import { AccessDeniedError } from './access-denied-error.ts';
import { codeTable, type CodeRow, type ErrorCode, type Outcome } from './codes.ts';
import { InvalidInputError } from './invalid-input-error.ts';
import { UpstreamError } from './upstream-error.ts';
import { presentableText } from './upstream-text.ts';

const MAX_ISSUES = 20;
/** How many faults of the input the one-line message spells out; `issues` has them all. */
const MAX_ISSUES_IN_MESSAGE = 3;

/** Where in an operation an error arose. */
export interface Occasion {
  readonly correlationId: string;
  /** `read`: in a query; `write`: the mutation field itself; `after-write`: below a mutation field whose write was applied. */
  readonly moment: 'read' | 'write' | 'after-write';
  /** Secrets and addresses that must not be shown, configured ones and the caller's own. */
  readonly sensitive: readonly string[];
}

export interface PublicIssue {
  readonly path: readonly (string | number)[] | null;
  readonly code: string;
  readonly message: string;
}

/** The `extensions` of a GraphQL error, flat, with no other key than these. A type, because an interface is no GraphQL extension map. */
export type PublicExtensions = {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly outcome?: Outcome;
  readonly issues?: readonly PublicIssue[];
  readonly upstream?: { readonly name: string; readonly status: number | null; readonly code: string | null };
  readonly retryAfterMs?: number;
  readonly correlationId: string;
};

export interface PublicError {
  readonly message: string;
  readonly extensions: PublicExtensions;
}

/** Any thrown value as what a client may see. Pure; never throws; what it does not know becomes INTERNAL_SERVER_ERROR. */
export function translate(thrown: unknown, occasion: Occasion): PublicError {
  if (thrown instanceof InvalidInputError) return translateInput(thrown, occasion);
  if (thrown instanceof AccessDeniedError) return translateDenial(thrown, occasion);
  if (thrown instanceof UpstreamError) return translateUpstream(thrown, occasion);
  return compose(codeTable.internal, true, occasion, {});
}

function translateInput(error: InvalidInputError, occasion: Occasion): PublicError {
  const issues = error.issues.slice(0, MAX_ISSUES);
  const named = issues
    .slice(0, MAX_ISSUES_IN_MESSAGE)
    .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    .join(' ');
  const translated = compose(codeTable.invalid, false, occasion, { issues });
  return { ...translated, message: `The input is not valid. ${named}` };
}

function translateDenial({ message }: AccessDeniedError, occasion: Occasion): PublicError {
  const translated = compose(codeTable.denied, false, occasion, {});
  return { ...translated, message: `${translated.message} ${message}` };
}

function translateUpstream(error: UpstreamError, occasion: Occasion): PublicError {
  const issues = publicIssues(error, occasion);
  return compose(codeTable[error.kind], error.sent, occasion, {
    ...(issues.length > 0 && { issues }),
    // Without a credential nothing was asked of the backend, so there is nothing to say about it.
    ...(error.kind !== 'credential_missing' && {
      upstream: { name: error.backend, status: error.status, code: error.code },
    }),
    ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
  });
}

/** Upstream text is shown for refusals only: of a 5xx or an unreadable answer nothing the backend wrote is repeated. */
function publicIssues(error: UpstreamError, occasion: Occasion): readonly PublicIssue[] {
  if (error.status !== null && error.status >= 500) return [];
  if (error.kind === 'unreadable') return [];
  const issues: PublicIssue[] = [];
  for (const issue of error.issues) {
    if (issues.length === MAX_ISSUES) break;
    const path = issue.field === null || occasion.moment !== 'write' ? null : ['input', ...issue.field];
    const message = issue.foreign ? presentableText(issue.message, occasion.sensitive) : issue.message;
    if (message !== null) issues.push({ path, code: issue.code, message });
    else if (path !== null) issues.push({ path, code: issue.code, message: 'The backend refused this value.' });
  }
  return issues;
}

function compose(
  row: CodeRow,
  sent: boolean,
  occasion: Occasion,
  details: Pick<PublicExtensions, 'issues' | 'upstream' | 'retryAfterMs'>,
): PublicError {
  const { moment, correlationId } = occasion;
  if (moment === 'read') {
    const retryable = row.retryable !== 'never';
    return { message: row.read, extensions: { code: row.code, retryable, ...details, correlationId } };
  }
  if (moment === 'after-write') {
    // The write is done. Repeating the mutation would repeat it, so the advice is to read again with a query.
    const message = `The change was saved, but this field could not be read. ${row.read}`;
    return {
      message,
      extensions: { code: row.code, retryable: false, outcome: 'APPLIED', ...details, correlationId },
    };
  }
  const outcome = row.outcome === 'if-sent' ? (sent ? 'UNKNOWN' : 'NOT_APPLIED') : row.outcome;
  return {
    message: row.outcome === 'NOT_APPLIED' ? row.write : `${row.write} ${OUTCOME_SENTENCE[outcome]}`,
    extensions: { code: row.code, retryable: row.retryable === 'always', outcome, ...details, correlationId },
  };
}

const OUTCOME_SENTENCE = {
  NOT_APPLIED: 'Nothing was changed.',
  UNKNOWN: 'The change may or may not have been saved.',
} as const;
