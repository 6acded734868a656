import type { JsonObject } from '../../domain.ts';
import { UpstreamError, type FailureKind, type UpstreamFailure } from '../../errors/upstream-error.ts';
import type { HttpResponse } from './call.ts';
import { parseRetryAfter } from './retry-after.ts';

const JSON_MEDIA_TYPE = /^[\w.+-]+\/(?:json|[\w.+-]+\+json)$/;

/** A body as JSON value, or why it is none. */
export type ParsedBody = { readonly value: unknown } | { readonly fault: string };

/** The JSON value of an answer. Its media type has to be JSON (any `json` or `+json`, parameters ignored), its text UTF-8. */
export function parseBody(response: HttpResponse): ParsedBody {
  if (!isJsonType(response.contentType)) return { fault: 'media type is not JSON' };
  const encoding = response.contentEncoding?.trim().toLowerCase();
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity') {
    return { fault: 'compressed, which was not asked for' };
  }
  const text = response.body.text();
  if (text === undefined) return { fault: 'body is not UTF-8' };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { fault: 'body is not JSON' };
  }
}

function isJsonType(contentType = ''): boolean {
  // What most backends send.
  if (contentType === 'application/json') return true;
  return JSON_MEDIA_TYPE.test(contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '');
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The kind of failure a status stands for, whatever the body says; undefined for 200, where the body decides.
 * A 401 or 403 is about the caller only if it was the caller's credential that travelled.
 */
export function kindOfStatus(status: number, callersCredential: boolean): FailureKind | undefined {
  if (status === 200) return undefined;
  const known = STATUS_KINDS.get(status);
  if (known !== undefined) return known;
  if (status === 401) return callersCredential ? 'unauthenticated' : 'credential_refused';
  if (status === 403) return callersCredential ? 'forbidden' : 'credential_refused';
  if (status >= 500) return 'failed';
  if (status >= 400) return 'rejected';
  // Another 2xx than the documented 200, or a redirect: neither proves that the request was carried out.
  return 'unreadable';
}

const STATUS_KINDS: ReadonlyMap<number, FailureKind> = new Map<number, FailureKind>([
  [400, 'invalid'],
  [404, 'not_found'],
  [408, 'timeout'],
  [409, 'conflict'],
  [422, 'invalid'],
  [425, 'unavailable'],
  [429, 'rate_limited'],
  [503, 'unavailable'],
]);

/** An UpstreamError about an answer that did arrive. */
export function answeredError(
  backend: string,
  kind: FailureKind,
  response: HttpResponse,
  details: Pick<UpstreamFailure, 'code' | 'issues' | 'detail'> = {},
): UpstreamError {
  const retryAfterMs = parseRetryAfter(response.retryAfter);
  return new UpstreamError({ backend, kind, sent: true, status: response.status, retryAfterMs, ...details });
}
