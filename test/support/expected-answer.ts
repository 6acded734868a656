import { expect } from 'vitest';
import type { GraphQLAnswer } from './world.ts';

export type Path = readonly (string | number)[];

/** What a client is told about a read that failed. */
export interface FailedRead {
  readonly code: string;
  /** Whether a query may be sent again; below a mutation it never may. */
  readonly retryable: boolean;
  readonly message: string;
  readonly upstream: {
    readonly name: 'aegister' | 'radar';
    readonly status: number | null;
    readonly code: string | null;
  };
}

/** An answer that arrived and cannot be used. */
export const unusable = (name: 'aegister' | 'radar'): FailedRead => ({
  code: 'UPSTREAM_BAD_RESPONSE',
  retryable: false,
  message: 'The answer of the backend cannot be used.',
  upstream: { name, status: 200, code: null },
});

/** A backend that answered 500. */
export const failed = (name: 'aegister' | 'radar'): FailedRead => ({
  code: 'UPSTREAM_ERROR',
  retryable: true,
  message: 'The backend failed.',
  upstream: { name, status: 500, code: null },
});

/** The whole error of a field of a query. */
export function readError(path: Path, { message, code, retryable, upstream }: FailedRead): object {
  return { message, locations, path, extensions: { code, retryable, upstream, correlationId } };
}

/** The whole error of a field below a mutation whose write is done. */
export function savedError(path: Path, { message, code, upstream }: FailedRead): object {
  return {
    message: `The change was saved, but this field could not be read. ${message}`,
    locations,
    path,
    extensions: { code, retryable: false, outcome: 'APPLIED', upstream, correlationId },
  };
}

/** The whole error of a field of a query whose arguments were refused here. */
export function refusedRead(path: Path, issues: readonly { readonly path: Path; readonly message: string }[]): object {
  const sentences = issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  return {
    message: `The input is not valid. ${sentences.join(' ')}`,
    locations,
    path,
    extensions: {
      code: 'BAD_USER_INPUT',
      retryable: false,
      issues: issues.map((issue) => ({
        path: issue.path,
        code: expect.any(String) as unknown,
        message: issue.message,
      })),
      correlationId,
    },
  };
}

const locations = [{ line: expect.any(Number) as unknown, column: expect.any(Number) as unknown }];
const correlationId: unknown = expect.any(String);

/** Asserts the whole answer under HTTP 200: these data, and these errors in whatever order. */
export function expectAnswer(answer: GraphQLAnswer, data: unknown, ...errors: object[]): void {
  const body = JSON.parse(answer.text) as { errors?: object[] };
  expect({ status: answer.status, body: withErrors(body, body.errors ?? []) }).toStrictEqual({
    status: 200,
    body: withErrors({ data }, errors),
  });
}

function withErrors(body: object, errors: readonly object[]): object {
  if (errors.length === 0) return body;
  return { ...body, errors: errors.toSorted((one, other) => pathOf(one).localeCompare(pathOf(other))) };
}

function pathOf(error: object): string {
  return 'path' in error ? JSON.stringify(error.path) : '';
}
