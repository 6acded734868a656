import {
  getNullableType,
  isInputObjectType,
  isNonNullType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';
import type { Outcome } from '../errors/codes.ts';
import type { PublicExtensions } from '../errors/translate.ts';
import { presentableText } from '../errors/upstream-text.ts';
import { isUuid } from '../formats.ts';
import type { CredentialUse } from '../request-context.ts';

/** Which object an input is about, and which of its fields it changes: names and numbers of items, never a value. */
export interface InputSummary {
  /** The required fields, which name the object, as they were given. */
  readonly object: Readonly<Record<string, string>>;
  /** Paths of the optional fields that are there. */
  readonly changes: readonly string[];
  /** Number of items of each list among them. */
  readonly listLengths: Readonly<Record<string, number>>;
}

/** One write as the record keeps it. */
export interface AuditEntry extends InputSummary {
  readonly correlationId: string;
  /** Of the caller's W3C trace; null without one. */
  readonly traceId: string | null;
  readonly caller: {
    readonly subject: string | null;
    /** The application that the caller's token was given to. */
    readonly clientId: string | null;
    readonly credentials: Readonly<Record<string, CredentialUse>>;
  };
  /** The mutation field. */
  readonly field: string;
  readonly outcome: Outcome;
  /** Only where the write failed: the code that the caller is told, and how the backend answered. */
  readonly code?: PublicExtensions['code'] | undefined;
  readonly upstream?: PublicExtensions['upstream'] | undefined;
  readonly durationMs: number;
}

type TypedFields = readonly { readonly name: string; readonly type: GraphQLInputType }[];

interface InputField {
  readonly name: string;
  readonly required: boolean;
  /** Where the value may be an input object: its type. */
  readonly inner: GraphQLInputObjectType | undefined;
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
  parameters: TypedFields,
  values: Readonly<Record<string, unknown>>,
  sensitive: readonly string[],
): InputSummary {
  const object: Record<string, string> = {};
  const changes: string[] = [];
  const listLengths: Record<string, number> = {};

  function collect(
    fields: readonly InputField[],
    given: Readonly<Record<string, unknown>>,
    path: string,
    top: boolean,
  ) {
    for (const { name, required, inner } of fields) {
      const value = given[name];
      if (value === undefined) continue;
      const at = path === '' ? name : `${path}.${name}`;
      if (inner !== undefined && isRecord(value)) {
        const before = changes.length;
        // The argument itself, `input`, says nothing; below it a group of optional fields does, even when it is empty.
        collect(fieldsOf(inner), value, top ? '' : at, false);
        if (changes.length === before && !top) changes.push(at);
      } else if (required && path === '') {
        object[name] = idText(value, sensitive);
      } else {
        changes.push(at);
        if (Array.isArray(value)) listLengths[at] = value.length;
      }
    }
  }

  collect(
    known(parameters, () => parameters),
    values,
    '',
    true,
  );
  return { object, changes, listLengths };
}

/** What is known of input types and of parameters, found out once. */
const knownFields = new WeakMap<object, readonly InputField[]>();

function fieldsOf(type: GraphQLInputObjectType): readonly InputField[] {
  return known(type, () => Object.values(type.getFields()));
}

function known(owner: object, fields: () => TypedFields): readonly InputField[] {
  let found = knownFields.get(owner);
  if (found === undefined) {
    found = fields().map(({ name, type }) => {
      const inner = getNullableType(type);
      return { name, required: isNonNullType(type), inner: isInputObjectType(inner) ? inner : undefined };
    });
    knownFields.set(owner, found);
  }
  return found;
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
