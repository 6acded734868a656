import type { JsonObject } from '../domain.ts';
import { UpstreamError } from '../errors/upstream-error.ts';
import { isDateTime, isShallowerThan } from '../formats.ts';
import { isJsonObject } from './http/json-answer.ts';

/** Deepest nesting of a JSON object that is passed on; deeper ones would overflow the stack when the answer is written. */
const MAX_JSON_DEPTH = 100;

/**
 * A record as the backend sent it, read field by field and only when asked. Nothing is copied, and a value of the wrong type costs
 * its own field instead of the record. Absent and null both read as null. A getter names its key twice, once where it looks the value up:
 * a name that stands in the code V8 finds once for each place, one that is passed on each time anew.
 */
export abstract class WireRecord {
  protected readonly wire: JsonObject;
  readonly #backend: string;

  constructor(backend: string, wire: JsonObject) {
    this.#backend = backend;
    this.wire = wire;
  }

  protected text(key: string, value: unknown): string | null {
    if (typeof value === 'string') return value;
    return isNothing(value) ? null : this.misfit(key, 'text');
  }

  protected dateTime(key: string, value: unknown): string | null {
    if (typeof value === 'string' && isDateTime(value)) return value;
    return isNothing(value) ? null : this.misfit(key, 'a date-time');
  }

  protected number(key: string, value: unknown): number | null {
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    return isNothing(value) ? null : this.misfit(key, 'a number');
  }

  /** GraphQL's Int carries 32 bits. */
  protected integer(key: string, value: unknown): number | null {
    if (typeof value === 'number' && value === (value | 0)) return value;
    return isNothing(value) ? null : this.misfit(key, 'a 32-bit integer');
  }

  protected flag(key: string, value: unknown): boolean | null {
    if (typeof value === 'boolean') return value;
    return isNothing(value) ? null : this.misfit(key, 'true or false');
  }

  protected object(key: string, value: unknown): JsonObject | null {
    if (isJsonObject(value) && isShallowerThan(value, MAX_JSON_DEPTH)) return value;
    return isNothing(value) ? null : this.misfit(key, `an object of at most ${MAX_JSON_DEPTH} levels`);
  }

  protected misfit(key: string, expected: string): never {
    throw unreadableContent(this.#backend, `${key} is not ${expected}`);
  }
}

/** The error of an answer that came in order and holds something that cannot be used. `detail` is for the log. */
export function unreadableContent(backend: string, detail: string, status = 200): UpstreamError {
  return new UpstreamError({ backend, kind: 'unreadable', sent: true, status, detail });
}

function isNothing(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}
