import { createHmac, randomBytes } from 'node:crypto';
import type { BackendConnection } from '../backends/backend.ts';
import type { CredentialUse } from '../request-context.ts';

/** Characters of a fingerprint, hexadecimal: enough to tell callers apart, too few to be good for anything else. */
const LENGTH = 12;

/**
 * Says whose credential signs the calls to each backend. A caller's own is told by a fingerprint: a digest under a key that is made anew
 * with each process and never leaves it, so it can be compared within the process's log and not be searched for by trying credentials.
 */
export function credentialUses(
  connections: Readonly<Record<string, BackendConnection>>,
): (header: (name: string) => string | undefined) => Readonly<Record<string, CredentialUse>> {
  const key = randomBytes(32);
  const entries = Object.entries(connections);
  const always = Object.fromEntries(entries.map(([name, { credentialMode: mode }]) => [name, { mode }]));
  if (entries.every(([, { credentialMode }]) => credentialMode === 'service')) return () => always;
  return (header) =>
    Object.fromEntries(
      entries.map(([name, { credentialMode: mode, credentialHeaders }]): [string, CredentialUse] => {
        if (mode === 'service') return [name, { mode }];
        const given = credentialHeaders.map((headerName) => header(headerName) ?? null);
        if (given.every((value) => value === null)) return [name, { mode }];
        const digest = createHmac('sha256', key).update(JSON.stringify([name, given]));
        return [name, { mode, fingerprint: digest.digest('hex').slice(0, LENGTH) }];
      }),
    );
}
