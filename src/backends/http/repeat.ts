import type { UpstreamError } from '../../errors/upstream-error.ts';

/** Sends of one call, the first included. */
export const MAX_SENDS = 3;
/** Longest delay of our own before the second send, milliseconds; it doubles from send to send. */
const FIRST_DELAY_MS = 100;

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
  const least = request.write ? writeDelay(error) : readDelay(error);
  if (least === undefined) return undefined;
  const delay = least + jitter(request.sends);
  return delay < request.remainingMs ? delay : undefined;
}

/** What the backend asks to wait, or 0; undefined: not again. */
function writeDelay(error: UpstreamError): number | undefined {
  if (!error.sent) return error.transient ? 0 : undefined;
  const { status } = error;
  return status === 429 || status === 503 ? error.retryAfterMs : undefined;
}

function readDelay(error: UpstreamError): number | undefined {
  const { status, retryAfterMs } = error;
  const busy = status === 429 || (status !== null && status >= 500);
  // A backend that names a delay asks to be called again; a 429 that names none does not.
  if (busy && retryAfterMs !== undefined) return retryAfterMs;
  const passing = error.transient || status === 502 || status === 503 || status === 504;
  return passing ? 0 : undefined;
}

/** All of it by chance: calls that failed in the same moment, or were told the same delay, must not come back in the same moment. */
function jitter(sends: number): number {
  return FIRST_DELAY_MS * 2 ** (sends - 1) * Math.random();
}
