import { isAscii, isUtf8 } from 'node:buffer';

/** Formats that both directions share: what is refused in input is not passed on in output either. */

const RFC_3339 =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is an RFC 3339 date-time of a day that exists. `0000-00-00`, Aegister's word for "never", is none. */
export function isDateTime(text: string): boolean {
  if (!RFC_3339.test(text)) return false;
  // The date always stands in the same place. Every month has 28 days; only the rest needs the calendar.
  const day = 10 * digitAt(text, 8) + digitAt(text, 9);
  return day <= 28 || day <= daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

function digitAt(text: string, index: number): number {
  return text.charCodeAt(index) - 48;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether a text has the form of a UUID, of any version and in either case. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** The text of bytes that are UTF-8; undefined for any others. Decoding alone would replace what is none. */
export function utf8Text(bytes: Buffer): string | undefined {
  // Most bodies, and cheaper to decode.
  if (isAscii(bytes)) return bytes.toString('latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/** Whether no value lies deeper than `depth` levels. Stops at that depth, so it cannot itself overflow the stack. */
export function isShallowerThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  for (const inner of innerValues(value)) {
    if (typeof inner === 'object' && !isShallowerThan(inner, depth - 1)) return false;
  }
  return true;
}

/** Whether no value lies deeper than `depth` levels, and no number is an integer that may have been rounded, or not finite. */
export function isExactWithin(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !isRounded(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  for (const inner of innerValues(value)) {
    // Texts, which most values are, without a call for each.
    if ((typeof inner === 'object' || typeof inner === 'number') && !isExactWithin(inner, depth - 1)) return false;
  }
  return true;
}

/** Whether a number may stand for an integer that JavaScript has rounded: what it was nobody can say any more. */
export function isRounded(value: number): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value);
}

/**
 * The values in an object or a list. Not by `for in`, which Node 24 compiles, gives up and compiles again without end where objects of many
 * kinds pass (`--trace-deopt` shows it): that took a third of a write's processor time.
 */
export function innerValues(value: object): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : Object.values(value);
}
