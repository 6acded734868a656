import type { UpstreamError } from '../../errors/upstream-error.ts';

/** Sends of one call, the first included. */
export const MAX_SENDS = 3;
/** Delay before the second send, milliseconds; it doubles from send to send and loses up to half by chance. */
const FIRST_DELAY_MS = 80;

/**
 * How long to wait before the same request is sent again, milliseconds; undefined when it must not be.
 * A write is repeated only where the first one certainly changed nothing: it never left, or the backend answered 429 or 503 and
 * named a delay. A read may also be repeated after a broken connection or a gateway's 502, 503, 504. Never past the deadline.
 */
export function repeatDelay(
  error: UpstreamError,
  request: { readonly write: boolean; readonly sends: number; readonly remainingMs: number },
): number | undefined {
  if (request.sends >= MAX_SENDS) return undefined;
  const delay = request.write ? writeDelay(error, request.sends) : readDelay(error, request.sends);
  return delay !== undefined && delay < request.remainingMs ? delay : undefined;
}

function writeDelay(error: UpstreamError, sends: number): number | undefined {
  if (!error.sent) return error.transient ? backoff(sends) : undefined;
  const { status } = error;
  return status === 429 || status === 503 ? error.retryAfterMs : undefined;
}

function readDelay(error: UpstreamError, sends: number): number | undefined {
  const { status, retryAfterMs } = error;
  const busy = status === 429 || (status !== null && status >= 500);
  // A backend that names a delay asks to be called again; a 429 that names none does not.
  if (busy && retryAfterMs !== undefined) return Math.max(retryAfterMs, backoff(sends));
  const passing = error.transient || status === 502 || status === 503 || status === 504;
  return passing ? backoff(sends) : undefined;
}

function backoff(sends: number): number {
  return FIRST_DELAY_MS * 2 ** (sends - 1) * (0.5 + Math.random() / 2);
}
