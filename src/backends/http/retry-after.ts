/** Longest delay that is passed on, milliseconds (a day): beyond that the number says nothing a client could act on. */
const MAX_MS = 86_400_000;

/** `Retry-After` in milliseconds from now: seconds, or an HTTP date (RFC 9110, section 10.2.3). Anything else is undefined. */
export function parseRetryAfter(value: string | undefined, now: number = Date.now()): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, MAX_MS);
  // Only what looks like a date: Date.parse would also read "-1" and "5.5" as years.
  if (!/^[A-Z][a-z]{2},? /.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.min(Math.max(date - now, 0), MAX_MS);
}
