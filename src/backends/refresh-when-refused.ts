import { setTimeout as sleep } from 'node:timers/promises';
import { UpstreamError } from '../errors/upstream-error.ts';
import type { Secret } from './secret.ts';

/** How long a failed call waits for its secret's file, milliseconds: a file system may hang. */
const PATIENCE_MS = 1_000;

/**
 * The result of a call that was signed with a configured secret. When the backend refuses the secret, its file is read again before the
 * failure is passed on, so that the next call has the new one. This call is not repeated: README names the cases in which a request
 * may be sent twice, and this is none of them.
 */
export async function refreshWhenRefused<T>(secret: Secret | undefined, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (secret !== undefined && error instanceof UpstreamError && error.kind === 'credential_refused') {
      await Promise.race([secret.refresh(), sleep(PATIENCE_MS, undefined, { ref: false })]);
    }
    throw error;
  }
}
