import { setTimeout as sleep } from 'node:timers/promises';
import type { UpstreamError } from '../../errors/upstream-error.ts';
import type { Secret } from '../secret.ts';

/** How long a failed call waits for its secret's file, milliseconds: a file system may hang. */
const PATIENCE_MS = 1_000;

/**
 * What follows when a call failed that was signed with a configured secret. When the backend refused the secret, its file is read again
 * before the failure is passed on, so that the next call has the new one. This call is not repeated: README names the cases in which a
 * request may be sent twice, and this is none of them.
 */
export async function refreshWhenRefused(secret: Secret | undefined, error: UpstreamError): Promise<void> {
  if (secret === undefined || error.kind !== 'credential_refused') return;
  await Promise.race([secret.refresh(), sleep(PATIENCE_MS, undefined, { ref: false })]);
}
