import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../stand-ins/json.ts';

/** Texts that software has stumbled over before. */
const NASTY = [
  '',
  ' ',
  '\0',
  '\u007f\u0080\u009f',
  '\u2028\u2029\ufeff\u200b\u202e',
  '\ud800',
  '\udc00a',
  '👩‍👩‍👧‍👦 Ⅳ ﬃ İ ß',
  '"\\"}{]["',
  '"""',
  '${x} {{x}} %s %00 $&',
  '../..//?a=b#c',
  "' OR 1=1 --",
  '<script>',
  'null',
  'undefined',
  'NaN',
  '__proto__',
  'constructor',
  'x'.repeat(20_000),
];
const KEYS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'toJSON', 'then', 'id', 'error', 'a', 'B_2'];

/** Any text, lone halves of surrogate pairs and control characters included. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ maxLength: 30 }),
);

/** Numbers that a double holds exactly as they are written. */
const exactNumber = fc.oneof(
  fc.maxSafeInteger(),
  fc.constantFrom(0, 1, -1, 0.1, 1e-7, 5e-324, Number.MAX_SAFE_INTEGER),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((value) => value || 0),
);

const scalar: fc.Arbitrary<JsonValue> = fc.oneof(fc.constant(null), fc.boolean(), exactNumber, anyText);
const anyKey = fc.oneof(fc.constantFrom(...KEYS), anyText);

/** JSON with keys that mean something to JavaScript; such a key is the object's own, as after `JSON.parse`. */
const { value: anyJson, object: anyObject } = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc
    .array(fc.tuple(anyKey, tie('value')), { maxLength: 4 })
    .map((entries): JsonObject => Object.fromEntries(entries)),
}));

/** Objects nested in one another, so many levels. */
const nested = fc
  .integer({ min: 1, max: 70 })
  .map((levels) => Array.from({ length: levels - 1 }).reduce<JsonObject>((inner) => ({ a: inner }), {}));

export { anyJson };
/** JSON objects, now and then around the greatest depth that is taken. */
export const anyJsonObject: fc.Arbitrary<JsonObject> = fc.oneof(
  { weight: 9, arbitrary: anyObject },
  { weight: 1, arbitrary: nested },
);

/** Levels of a value, itself included; 0 for a scalar. */
export function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
