import { expect } from 'vitest';
import type { GraphQLAnswer, GraphQLErrorJson } from './world.ts';

const ERROR_KEYS = ['message', 'locations', 'path', 'extensions'];
const EXTENSION_KEYS = ['code', 'retryable', 'outcome', 'issues', 'upstream', 'retryAfterMs', 'correlationId'];
const FIELD_CODES = [
  ...['BAD_USER_INPUT', 'NOT_FOUND', 'CONFLICT', 'UPSTREAM_REJECTED', 'UNAUTHENTICATED', 'FORBIDDEN'],
  ...['UPSTREAM_AUTH_FAILED', 'RATE_LIMITED', 'UPSTREAM_UNAVAILABLE', 'UPSTREAM_TIMEOUT', 'UPSTREAM_ERROR'],
  'UPSTREAM_BAD_RESPONSE',
];
/** Of requests that were refused before anything ran. */
const DOCUMENT_CODES = [
  ...['BAD_REQUEST', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_RESOLUTION_FAILURE'],
  ...['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED'],
];

const strangers = (value: object, known: readonly string[]) => Object.keys(value).filter((key) => !known.includes(key));

/** Asserts what is true of every answer there can be: GraphQL's own shape, the contract's extensions, no fault of this service. */
export function expectPublicAnswer(answer: GraphQLAnswer): void {
  const { status, headers, text, data, errors } = answer;
  const body = JSON.parse(text) as object;
  expect(status).toBeLessThan(500);
  expect(headers.get('content-type')).toMatch(/^application\/(?:graphql-response\+)?json; charset=utf-8$/);
  expect(headers.get('x-correlation-id')).toMatch(/^[\w.-]{1,128}$/);
  expect(strangers(body, ['data', 'errors'])).toEqual([]);
  expect(data !== undefined || (errors?.length ?? 0) > 0, text).toBe(true);
  for (const error of errors ?? []) expectPublicError(error, headers.get('x-correlation-id'));
}

function expectPublicError(error: GraphQLErrorJson, correlationId: string | null): void {
  const { message, extensions } = error;
  expect({ keys: strangers(error, ERROR_KEYS), extensions: strangers(extensions, EXTENSION_KEYS) }).toEqual({
    keys: [],
    extensions: [],
  });
  expect(message).toMatch(/\S/);
  expect([...FIELD_CODES, ...DOCUMENT_CODES]).toContain(extensions['code']);
  expect(typeof extensions['retryable']).toBe('boolean');
  expect(extensions['correlationId']).toBe(correlationId);
  const issues = (extensions['issues'] ?? []) as readonly Readonly<Record<string, unknown>>[];
  expect(issues.length).toBeLessThanOrEqual(20);
  for (const issue of issues) {
    expect(Object.keys(issue)).toEqual(['path', 'code', 'message']);
    expect(String(issue['message'])).not.toMatch(/[\p{Cc}\p{Cs}]/u);
  }
}
