import { z } from 'zod';
import type { JsonObject } from '../domain.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import { isDateTime, isExactWithin, isShallowerThan, isUuid } from '../formats.ts';

const NULL_REFUSED = 'null is not taken here; leave the field out to keep its value.';

/** A text whose rule is `message`, with a word of its own for null. */
function text(message: string) {
  return z.string({ error: (issue) => (issue.input === null ? NULL_REFUSED : message) });
}

export const plainText = text('must be text.');

const DECIMAL_ID = 'must be a positive integer: decimal digits without sign or leading zero, at most 9007199254740991.';
/** An id of the backend that counts its records; it becomes one segment of a path. */
export const decimalId = text(DECIMAL_ID).refine(
  (value) => /^[1-9]\d{0,15}$/.test(value) && Number.isSafeInteger(Number(value)),
  DECIMAL_ID,
);

const UUID = 'must be a UUID.';
/** An id that becomes part of a path or query, in either case. */
export const uuid = text(UUID).refine(isUuid, UUID);

const BODY_ID = 'must be 1 to 128 printable characters.';
/** An id that only ever travels inside a body. */
export const bodyId = text(BODY_ID).regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,128}$/u, BODY_ID);

const DATE_TIME = 'must be an RFC 3339 date-time such as 2023-12-20T00:00:01.652259Z.';
export const dateTime = text(DATE_TIME).refine(isDateTime, DATE_TIME);

/**
 * A JSON object that arrives at the backend as it is. What could not arrive unchanged is refused instead of being altered: integers
 * that JavaScript has rounded, numbers beyond a double, nesting that overflows. Fractions keep the precision of a double.
 * @param maxDepth levels that it may have, itself included
 */
export function jsonObject(maxDepth: number) {
  return z.custom<JsonObject>().check((context) => {
    const fault = jsonFault(context.value, maxDepth);
    if (fault === undefined) return;
    const params = fault === NULL_REFUSED ? { code: 'NULL_NOT_ALLOWED' } : {};
    context.issues.push({ code: 'custom', message: fault, input: context.value, params });
  });
}

function jsonFault(value: unknown, maxDepth: number): string | undefined {
  if (value === null) return NULL_REFUSED;
  if (typeof value !== 'object' || Array.isArray(value)) return 'must be a JSON object, not a scalar or a list.';
  if (isExactWithin(value, maxDepth)) return undefined;
  return isShallowerThan(value, maxDepth)
    ? 'must not hold a number beyond the exact range (integers up to 9007199254740991); send it as text.'
    : `must not be nested deeper than ${maxDepth} levels.`;
}

/** The refusal of an update that would change nothing. */
export function nothingToChange(): InvalidInputError {
  const message = 'names nothing to change; give at least one field besides the ids.';
  return new InvalidInputError([{ path: ['input'], code: 'NOTHING_TO_CHANGE', message }]);
}
