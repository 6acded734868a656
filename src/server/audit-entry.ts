import { getNullableType, isInputObjectType, isNonNullType, type GraphQLInputType } from 'graphql';
import { presentableText } from '../errors/upstream-text.ts';
import { isUuid } from '../formats.ts';

/** Which object an input is about, and which of its fields it changes: names and numbers of items, never a value. */
export interface InputSummary {
  /** The required fields, which name the object, as they were given. */
  readonly object: Readonly<Record<string, string>>;
  /** Paths of the optional fields that are there. */
  readonly changes: readonly string[];
  /** Number of items of each list among them. */
  readonly listLengths: Readonly<Record<string, number>>;
}

interface InputField {
  readonly name: string;
  readonly type: GraphQLInputType;
}

/** Longest part of an id that is written, characters; the longest id that any field takes has as many. */
const MAX_ID = 128;
/** More of a text is not even looked at. */
const MAX_READ = 1_024;

/**
 * What the arguments of a mutation field are about, by its types alone: required fields of an input say which object, optional ones
 * what of it changes. JSON objects are one field each; the names inside are the caller's data.
 * @param sensitive words that must not be written, those the caller sent included
 */
export function summarizeInput(
  parameters: readonly InputField[],
  values: Readonly<Record<string, unknown>>,
  sensitive: readonly string[],
): InputSummary {
  const object: Record<string, string> = {};
  const changes: string[] = [];
  const listLengths: Record<string, number> = {};

  function collect(fields: readonly InputField[], given: Readonly<Record<string, unknown>>, path: readonly string[]) {
    for (const { name, type } of fields) {
      const value = given[name];
      if (value === undefined) continue;
      const inner = getNullableType(type);
      if (isInputObjectType(inner) && isRecord(value)) {
        const before = changes.length;
        // The argument itself, `input`, says nothing; below it a group of optional fields does, even when it is empty.
        const below = fields === parameters ? [] : [...path, name];
        collect(Object.values(inner.getFields()), value, below);
        if (changes.length === before && below.length > 0) changes.push(below.join('.'));
      } else if (isNonNullType(type) && path.length === 0) {
        object[name] = idText(value, sensitive);
      } else {
        const at = [...path, name].join('.');
        changes.push(at);
        if (Array.isArray(value)) listLengths[at] = value.length;
      }
    }
  }

  collect(parameters, values, []);
  return { object, changes, listLengths };
}

/**
 * An id as it was given. What has the form of a record's id is always written: otherwise a caller could keep a write out of the record by
 * sending the id once more as a credential. Any other text is the caller's, who may have put anything there.
 */
function idText(value: unknown, sensitive: readonly string[]): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (isUuid(text) || /^\d{1,16}$/.test(text)) return text;
  return cleanText(text, sensitive);
}

/** A text from outside in a form that can do a log no harm: no control characters, short, and none of the `sensitive` words. */
export function cleanText(text: string, sensitive: readonly string[]): string {
  return (presentableText(text.slice(0, MAX_READ), sensitive) ?? '[removed]').slice(0, MAX_ID);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
