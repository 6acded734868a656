import { randomUUID } from 'node:crypto';

/** What a caller's id may look like: it is written to logs and sent back in a header. */
const ACCEPTABLE = /^[A-Za-z0-9._-]{1,128}$/;

/** The caller's `x-correlation-id` where it is harmless, a new one otherwise. */
export function correlationIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && ACCEPTABLE.test(header) ? header : randomUUID();
}
