import { AccessDeniedError } from '../errors/access-denied-error.ts';
import type { Caller } from './caller.ts';
import type { Rule } from './rules.ts';

/**
 * Lets a caller pass or throws. Nothing has been sent to a backend yet, and the arguments have not been validated.
 * @param args arguments of the field, or the key of an entity as it came
 * @throws AccessDeniedError
 */
export function authorize({ rights }: Caller, { scope, organization }: Rule, args: unknown): void {
  if (rights === 'all') return;
  if (!rights.scopes.has(scope)) throw new AccessDeniedError(`It lacks the scope ${scope}.`);
  if (organization === undefined) return;
  const id = idAt(args, organization);
  if (id !== undefined && rights.organizations.has(id)) return;
  throw new AccessDeniedError('It does not name this organization.');
}

/** An id in arguments is text; in the key of an entity it may be a whole number. Anything else is no id. */
function idAt(args: unknown, path: readonly string[]): string | undefined {
  let value = args;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  if (typeof value === 'string') return value;
  return Number.isSafeInteger(value) ? String(value) : undefined;
}
