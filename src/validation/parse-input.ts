import type { z } from 'zod';
import { InvalidInputError, type InputIssue } from '../errors/invalid-input-error.ts';

/**
 * A value from outside as what `schema` promises.
 * @param root path of the value in GraphQL terms, `['input']` for the argument of a mutation, `[]` for a field's arguments
 * @throws InvalidInputError with every fault, each at its path
 */
export function parseInput<Output>(schema: z.ZodType<Output>, value: unknown, root: readonly string[]): Output {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // Once more, since only now the values at fault are needed, and asking for them makes every parse dearer.
  const issues = schema.safeParse(value, { reportInput: true }).error?.issues ?? [];
  throw new InvalidInputError(issues.map((issue) => toInputIssue(issue, root)));
}

function toInputIssue(issue: z.core.$ZodIssue, root: readonly string[]): InputIssue {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? part.toString() : part));
  return { path: [...root, ...path], code: codeOf(issue), message: issue.message };
}

/** What a client may branch on: null where none is taken, nothing to do, too much, or simply not valid. */
function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big') return 'TOO_MANY';
  if (issue.code === 'custom' && typeof issue.params?.['code'] === 'string') return issue.params['code'];
  if (issue.code !== 'custom' && issue.input === null) return 'NULL_NOT_ALLOWED';
  return 'INVALID';
}
