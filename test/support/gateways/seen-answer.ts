import { isDeepStrictEqual } from 'node:util';
import type { GraphQLAnswer } from '../world.ts';

export interface SeenError {
  readonly message: string;
  readonly path: readonly (string | number)[] | undefined;
  /** The correlation id, which is another one each time, is replaced by a sign. */
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** What a client sees of an answer, without what differs from run to run. */
export interface Seen {
  /** Undefined where the client got no answer, or one that is no GraphQL. */
  readonly status: number | undefined;
  /** Undefined where the answer has no such key. */
  readonly data: unknown;
  readonly errors: readonly SeenError[];
}

/** What the client of this request sees. A request that fails is something that he sees, too. */
export async function seenOf(request: Promise<GraphQLAnswer>): Promise<Seen> {
  try {
    const { status, data, errors = [] } = await request;
    return { status, data, errors: errors.map(toSeenError) };
  } catch (error) {
    // No connection, or a body that is not JSON: nothing else is thrown by a plain POST.
    if (error instanceof TypeError || error instanceof SyntaxError) {
      return { status: undefined, data: undefined, errors: [] };
    }
    throw error;
  }
}

function toSeenError({ message, path, extensions }: NonNullable<GraphQLAnswer['errors']>[number]): SeenError {
  // A gateway may leave `extensions` out altogether.
  const { correlationId, ...rest } = { ...extensions };
  return {
    message,
    path,
    extensions: correlationId === undefined ? rest : { ...rest, correlationId: '…' },
  };
}

/** An answer in full, for a cell of a table. */
export function inFull({ status, data, errors }: Seen): string {
  if (status === undefined) return 'no GraphQL answer';
  const parts = [`HTTP ${status}`, ...errors.map(errorInFull)];
  if (errors.length === 0) parts.push('no error');
  parts.push(data === undefined ? 'no `data`' : `data ${code(data)}`);
  return parts.join('; ');
}

function errorInFull({ message, extensions }: SeenError): string {
  const keys = Object.entries(extensions).map(([key, value]) => namedValue(key, value));
  return `“${message}” with ${keys.length === 0 ? 'no extensions' : keys.join(', ')}`;
}

/** Values that are told in a word are told; of the others the key says enough. */
function namedValue(key: string, value: unknown): string {
  if (key === 'code') return code(value);
  const isWord = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isWord && key !== 'correlationId' ? `\`${key}: ${value}\`` : `\`${key}\``;
}

/** An answer of this service to a field: what of it is not the same in every row. */
export function inShort({ data, errors }: Seen): string {
  const keys = errors.flatMap(({ extensions }) =>
    Object.entries(extensions)
      .filter(([key]) => key !== 'code' && key !== 'correlationId')
      .map(([key, value]) => namedValue(key, value)),
  );
  return [...keys, ...(isOneNull(data) ? [] : [`data ${code(data)}`])].join(', ');
}

/** Whether nothing is left but the failed field itself. */
function isOneNull(data: unknown): boolean {
  return typeof data === 'object' && data !== null && isDeepStrictEqual(Object.values(data), [null]);
}

/** What a client sees otherwise than one who asks this service itself, for a cell of a table. */
export function differences(seen: Seen, direct: Seen): string {
  if (seen.status === undefined) return 'no GraphQL answer';
  const found: string[] = [];
  if (seen.status !== direct.status) found.push(`HTTP ${seen.status}`);
  if (seen.errors.length !== direct.errors.length) found.push(`${seen.errors.length} errors`);
  seen.errors.forEach((error, index) => {
    const original = direct.errors[index];
    if (original !== undefined) found.push(...errorDifferences(error, original));
  });
  if (!isDeepStrictEqual(seen.data, direct.data)) {
    found.push(seen.data === undefined ? 'no `data`' : `data ${code(seen.data)}`);
  }
  return found.length === 0 ? 'the same' : found.join(', ');
}

function errorDifferences(error: SeenError, original: SeenError): readonly string[] {
  const found: string[] = [];
  if (error.message !== original.message) found.push(`“${error.message}”`);
  if (!isDeepStrictEqual(error.path, original.path)) found.push(`path ${code(error.path ?? null)}`);
  const before = original.extensions;
  const keys = new Set([...Object.keys(before), ...Object.keys(error.extensions)]);
  for (const key of keys) {
    const value = error.extensions[key];
    if (isDeepStrictEqual(value, before[key])) continue;
    if (value === undefined) found.push(`without \`${key}\``);
    else found.push(key in before ? namedValue(key, value) : `with ${namedValue(key, value)}`);
  }
  return found;
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
