import type { JsonObject } from '../../domain.ts';
import type { FailureKind, UpstreamIssue } from '../../errors/upstream-error.ts';
import type { HttpResponse } from '../http/call.ts';
import { answeredError, isJsonObject, kindOfStatus, parseBody } from '../http/json-answer.ts';
import { fieldOfWireName } from './mapping.ts';
import { RADAR } from './name.ts';

/** More details than this are not even looked at; the translation shows fewer still. */
const MAX_DETAILS = 100;

/**
 * The JSON object of a successful answer. Radar has no success envelope, but failures also arrive under 200 (documented for the
 * deletion of a finding), so the error shape is looked for first.
 * @throws UpstreamError for every other answer
 */
export function readBody(response: HttpResponse, callersCredential: boolean): JsonObject {
  const parsed = parseBody(response);
  const body = 'value' in parsed && isJsonObject(parsed.value) ? parsed.value : undefined;
  const fail = (kind: FailureKind, detail?: string) =>
    answeredError(RADAR, kind, response, {
      code: errorCodeText(body?.['error_code']),
      issues: body === undefined ? [] : collectIssues(body, kind),
      ...(detail !== undefined && { detail }),
    });

  const kind = kindOfStatus(response.status, callersCredential);
  if (kind !== undefined) throw fail(kind);
  if (body === undefined) throw fail('unreadable', 'fault' in parsed ? parsed.fault : 'body is no object');
  const verdict = judge(body);
  if (verdict === 'error') throw fail('rejected');
  if (verdict === 'unclear') throw fail('unreadable', 'error or error_code is of no known form');
  return body;
}

/** Whether a body under 200 is an error. `unclear`: it has parts of the error envelope that cannot be judged. */
function judge(body: JsonObject): 'none' | 'error' | 'unclear' {
  const { error, errors, error_code: rawCode } = body;
  const code = parseErrorCode(rawCode);
  const hasText = typeof error === 'string' && error.trim() !== '';
  if (code !== undefined && code !== 0) return 'error';
  if (hasText) return code === 0 ? 'unclear' : 'error';
  // No documented answer has `errors`; one that does have some is no plain success.
  if (errors !== undefined && errors !== null && !isEmptyList(errors)) return 'unclear';
  const silent = error === undefined || error === null || error === '';
  const codeless = code === 0 || rawCode === undefined || rawCode === null || isEmptyList(rawCode);
  return silent && codeless ? 'none' : 'unclear';
}

/**
 * `error_code` as integer. Documented as integer, declared an array on one page and shown as `"11002 // text"` in its example: a
 * number, a text that begins with digits and a list that begins with one of these are all understood.
 */
function parseErrorCode(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value === 'string') {
    // The digits have to be the whole number: "0.5", "0x5" or the zeros in front of more digits are no 0.
    const digits = /^\s*(-?\d{1,15})(?!\w|[.,]\d)/.exec(value)?.[1];
    return digits === undefined ? undefined : Number(digits);
  }
  if (!Array.isArray(value) || Array.isArray(value[0])) return undefined;
  const first = parseErrorCode(value[0]);
  // A 0 with more behind it does not say that all is well.
  return first === 0 && value.length > 1 ? undefined : first;
}

function errorCodeText(value: unknown): string | null {
  const code = parseErrorCode(value);
  return code === undefined ? null : String(code);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** `extra.fields` name what was refused; without them the `error` text is all there is. */
function collectIssues(body: JsonObject, kind: FailureKind): readonly UpstreamIssue[] {
  const { extra, error } = body;
  const fields = isJsonObject(extra) && Array.isArray(extra['fields']) ? extra['fields'] : [];
  const named = fields.filter((name) => typeof name === 'string').slice(0, MAX_DETAILS);
  if (named.length > 0) return distinctFields(named).map((name) => fieldIssue(name, kind));
  if (typeof error !== 'string') return [];
  return [{ field: null, code: 'UPSTREAM_MESSAGE', message: error, foreign: true }];
}

/** Drops names that mean the same input field: `name` and `title` together are one fault of the title. */
function distinctFields(names: readonly string[]): readonly string[] {
  const byField = new Map(names.map((name) => [fieldOfWireName(name)?.join('.') ?? `unknown ${name}`, name]));
  return [...byField.values()];
}

function fieldIssue(name: string, kind: FailureKind): UpstreamIssue {
  const field = fieldOfWireName(name);
  const code = kind === 'conflict' ? 'ALREADY_IN_USE' : 'INVALID';
  const sentence = kind === 'conflict' ? 'This value is already in use.' : 'The backend refused this value.';
  if (field !== null) return { field, code, message: sentence, foreign: false };
  return { field, code, message: `${sentence} The backend names the field "${name}".`, foreign: true };
}
