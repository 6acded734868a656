import { expect } from 'vitest';
import type { GraphQLAnswer, World } from './world.ts';

/** Our sentences for refused input, in one place: they are for people, codes and paths are for programs. */
export const because = {
  null: 'null is not taken here; leave the field out to keep its value.',
  nullStatus: 'must be a status; leave the field out to keep its value.',
  nullRelations: 'null is not taken here; leave the field out to keep all links.',
  nullFindingIds: 'null is not taken here; leave the field out to keep the links, or give [] to remove all.',
  nothing: 'names nothing to change; give at least one field besides the ids.',
  decimalId: 'must be a positive integer: decimal digits without sign or leading zero, at most 9007199254740991.',
  uuid: 'must be a UUID.',
  bodyId: 'must be 1 to 128 printable characters.',
  dateTime: 'must be an RFC 3339 date-time such as 2023-12-20T00:00:01.652259Z.',
  noObject: 'must be a JSON object, not a scalar or a list.',
  tooDeep: 'must not be nested deeper than 64 levels.',
  inexactNumber: 'must not hold a number beyond the exact range (integers up to 9007199254740991); send it as text.',
} as const;

export interface Refusal {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Left out where a test is not about the code of the issue. */
  readonly code?: string;
}

/** Asserts the whole answer of a mutation whose input was refused here, and that neither backend heard of it. */
export function expectRefused(world: World, answer: GraphQLAnswer, field: string, ...refusals: Refusal[]): void {
  expect({ status: answer.status, data: answer.data, errors: answer.errors }).toEqual({
    status: 200,
    data: { [field]: null },
    errors: [refusedError(field, refusals)],
  });
  expect(world.calls()).toEqual({ aegister: [], radar: [] });
}

/** The whole error of a mutation field whose input was refused here. */
export function refusedError(field: string, refusals: readonly Refusal[]): object {
  const sentences = refusals.slice(0, 3).map(({ path, message }) => `${path.join('.')}: ${message}`);
  return {
    message: `The input is not valid. ${sentences.join(' ')}`,
    locations: [{ line: expect.any(Number) as unknown, column: expect.any(Number) as unknown }],
    path: [field],
    extensions: {
      code: 'BAD_USER_INPUT',
      retryable: false,
      outcome: 'NOT_APPLIED',
      issues: refusals.map(({ path, message, code }) => ({
        path,
        code: code ?? (expect.any(String) as unknown),
        message,
      })),
      correlationId: expect.any(String) as unknown,
    },
  };
}

/** Asserts that GraphQL itself turned the operation away before any resolver ran, and that neither backend heard of it. */
export function expectNotExecuted(world: World, answer: GraphQLAnswer, code: string): void {
  expect({ status: answer.status, data: answer.data }).toEqual({ status: 400, data: undefined });
  expect(answer.errors?.map(({ extensions }) => extensions['code'])).toEqual([code]);
  expect(world.calls()).toEqual({ aegister: [], radar: [] });
}
