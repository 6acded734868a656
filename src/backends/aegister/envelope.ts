import type { JsonObject } from '../../domain.ts';
import type { FailureKind, UpstreamIssue } from '../../errors/upstream-error.ts';
import type { HttpResponse } from '../http/call.ts';
import { answeredError, isJsonObject, kindOfStatus, parseBody } from '../http/json-answer.ts';
import { fieldOfWireName } from './mapping.ts';
import { AEGISTER } from './name.ts';

/** More details than this are not even looked at; the translation shows fewer still. */
const MAX_DETAILS = 100;

/**
 * The `data` object of a successful answer. Status and `error` are judged independently: success takes HTTP 200 and an `error`
 * that means zero and an object in `data`.
 * @throws UpstreamError for every other answer
 */
export function readData(response: HttpResponse, callersCredential: boolean): JsonObject {
  const parsed = parseBody(response);
  const body = 'value' in parsed && isJsonObject(parsed.value) ? parsed.value : undefined;
  const verdict = body === undefined ? undefined : readErrorField(body['error']);
  const fail = (kind: FailureKind, detail?: string) =>
    answeredError(AEGISTER, kind, response, {
      code: verdict?.code ?? null,
      issues: body === undefined ? [] : collectIssues(body, verdict?.text),
      ...(detail !== undefined && { detail }),
    });

  const kind = kindOfStatus(response.status, callersCredential);
  if (kind !== undefined) throw fail(kind);
  if (body === undefined) throw fail('unreadable', 'fault' in parsed ? parsed.fault : 'body is no object');
  if (verdict === undefined) throw fail('unreadable', 'error is of no known form');
  // A word says no plainly only as long as nothing beside it says yes.
  if (verdict.text !== undefined && isJsonObject(body['data'])) throw fail('unreadable', 'error is a word beside data');
  if (verdict.failed) throw fail('rejected');
  if (!isJsonObject(body['data'])) throw fail('unreadable', 'data is no object');
  return body['data'];
}

interface Verdict {
  readonly failed: boolean;
  /** The integer, as text; null when it was a word or a boolean. */
  readonly code: string | null;
  /** `error` itself, when it was a sentence instead of a number. */
  readonly text?: string;
}

/**
 * What the `error` field means. Documented is an integer, 0 for success, "any value different from 0" for an error. Numbers as text
 * and booleans are understood too, since the same API uses numbers for booleans elsewhere. Undefined: no form that could be judged.
 */
function readErrorField(error: unknown): Verdict | undefined {
  if (typeof error === 'number') return { failed: error !== 0, code: integerCode(error) };
  if (typeof error === 'boolean') return { failed: error, code: null };
  if (typeof error !== 'string' || error.trim() === '') return undefined;
  const value = Number(/^\s*([+-]?\d{1,15}(?:\.\d+)?)\s*$/.exec(error)?.[1]);
  if (Number.isNaN(value)) return { failed: true, code: null, text: error };
  return { failed: value !== 0, code: integerCode(value) };
}

function integerCode(value: number): string | null {
  return Number.isSafeInteger(value) ? String(value) : null;
}

/**
 * The details of an error: `messages` (documented as an array of unnamed items; a single text and anything inside the list are
 * understood) and `data.errors`, which the vendor's import endpoint uses while `messages` stays empty.
 */
function collectIssues(body: JsonObject, errorText: string | undefined): readonly UpstreamIssue[] {
  const issues: UpstreamIssue[] = [];
  if (errorText !== undefined) issues.push(toIssue(errorText, null));
  collectFrom(body['messages'], null, issues);
  const data = body['data'];
  if (isJsonObject(data)) collectFrom(data['errors'], null, issues);
  return issues;
}

function collectFrom(value: unknown, field: readonly string[] | null, issues: UpstreamIssue[], depth = 0): void {
  if (value === undefined || value === null || issues.length >= MAX_DETAILS || depth > 3) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, MAX_DETAILS)) collectFrom(item, field, issues, depth + 1);
  } else if (isJsonObject(value)) {
    collectFromObject(value, field, issues, depth);
  } else {
    issues.push(toIssue(typeof value === 'string' ? value : JSON.stringify(value), field));
  }
}

/** Either one detail (`{field, message}`) or a map from field to details (`{title: ["too long"]}`). */
function collectFromObject(
  value: JsonObject,
  field: readonly string[] | null,
  issues: UpstreamIssue[],
  depth: number,
): void {
  const text = value['message'] ?? value['msg'] ?? value['detail'] ?? value['error'];
  if (text !== undefined && text !== null) {
    const name = value['field'] ?? value['name'];
    collectFrom(text, typeof name === 'string' ? fieldOfWireName(name) : field, issues, depth + 1);
    return;
  }
  for (const [name, details] of Object.entries(value).slice(0, MAX_DETAILS)) {
    collectFrom(details, fieldOfWireName(name) ?? field, issues, depth + 1);
  }
}

function toIssue(message: string, field: readonly string[] | null): UpstreamIssue {
  return { field, code: 'UPSTREAM_MESSAGE', message, foreign: true };
}
