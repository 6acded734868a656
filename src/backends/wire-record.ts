import type { JsonObject } from '../domain.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import { isDateTime, isShallowerThan } from '../formats.ts';
import { isJsonObject } from './http/json-answer.ts';

/** Deepest nesting of a JSON object that is passed on; deeper ones would overflow the stack when the answer is written. */
const MAX_JSON_DEPTH = 100;

/**
 * A record as the backend sent it, read field by field and only when asked. Nothing is copied, and a value of the wrong type costs
 * its own field instead of the record. Absent and null both read as null.
 */
export abstract class WireRecord {
  protected readonly wire: JsonObject;
  readonly #backend: string;

  constructor(backend: string, wire: JsonObject) {
    this.#backend = backend;
    this.wire = wire;
  }

  protected text(key: string): string | null {
    return this.#read(key, isText, 'text');
  }

  protected dateTime(key: string): string | null {
    return this.#read(key, isDateTimeText, 'a date-time');
  }

  protected number(key: string): number | null {
    return this.#read(key, isFiniteNumber, 'a number');
  }

  protected integer(key: string): number | null {
    return this.#read(key, isInt32, 'a 32-bit integer');
  }

  protected flag(key: string): boolean | null {
    return this.#read(key, isFlag, 'true or false');
  }

  protected object(key: string): JsonObject | null {
    return this.#read(key, isShallowObject, `an object of at most ${MAX_JSON_DEPTH} levels`);
  }

  #read<T>(key: string, fits: (value: unknown) => value is T, expected: string): T | null {
    const value = this.wire[key];
    if (value === undefined || value === null) return null;
    return fits(value) ? value : this.misfit(key, expected);
  }

  protected misfit(key: string, expected: string): never {
    throw unreadableContent(this.#backend, `${key} is not ${expected}`);
  }
}

/** The error of an answer that came in order and holds something that cannot be used. `detail` is for the log. */
export function unreadableContent(backend: string, detail: string, status = 200): UpstreamError {
  return new UpstreamError({ backend, kind: 'unreadable', sent: true, status, detail });
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isDateTimeText = (value: unknown): value is string => isText(value) && isDateTime(value);
const isFiniteNumber = (value: unknown): value is number => Number.isFinite(value);
/** GraphQL's Int carries 32 bits. */
const isInt32 = (value: unknown): value is number => isFiniteNumber(value) && value === (value | 0);
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isShallowObject = (value: unknown): value is JsonObject =>
  isJsonObject(value) && isShallowerThan(value, MAX_JSON_DEPTH);
