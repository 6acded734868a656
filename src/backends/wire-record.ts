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
  readonly wire: JsonObject;
  readonly #backend: string;

  constructor(backend: string, wire: JsonObject) {
    this.#backend = backend;
    this.wire = wire;
  }

  protected text(key: string): string | null {
    const value = this.wire[key];
    if (value === undefined || value === null) return null;
    return typeof value === 'string' ? value : this.misfit(key, 'text');
  }

  protected dateTime(key: string): string | null {
    const value = this.wire[key];
    if (value === undefined || value === null) return null;
    return typeof value === 'string' && isDateTime(value) ? value : this.misfit(key, 'a date-time');
  }

  protected number(key: string): number | null {
    const value = this.wire[key];
    if (value === undefined || value === null) return null;
    return typeof value === 'number' && Number.isFinite(value) ? value : this.misfit(key, 'a number');
  }

  /** An integer that GraphQL's Int can carry, 32 bits. */
  protected integer(key: string): number | null {
    const value = this.number(key);
    if (value === null || value === (value | 0)) return value;
    return this.misfit(key, 'a 32-bit integer');
  }

  protected flag(key: string): boolean | null {
    const value = this.wire[key];
    if (value === undefined || value === null) return null;
    return typeof value === 'boolean' ? value : this.misfit(key, 'true or false');
  }

  protected object(key: string): JsonObject | null {
    const value = this.wire[key];
    if (value === undefined || value === null) return null;
    if (!isJsonObject(value)) return this.misfit(key, 'an object');
    return isShallowerThan(value, MAX_JSON_DEPTH) ? value : this.misfit(key, 'an object of sane depth');
  }

  protected misfit(key: string, expected: string): never {
    throw new UpstreamError({
      backend: this.#backend,
      kind: 'unreadable',
      sent: true,
      status: 200,
      detail: `${key} is not ${expected}`,
    });
  }
}
