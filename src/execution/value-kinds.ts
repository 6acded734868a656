/** What a resolved value is, as graphql-js tells it, functions with a `then` apart. */

export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && hasProperties(value) && typeof value['then'] === 'function';
}

export function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

export function hasProperties(value: unknown): value is Readonly<Record<string, unknown>> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

export function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
