import type { RequestScope } from '../backend.ts';

/**
 * Headers that every call carries, beside the backend's credential. Of the caller's headers only the W3C trace goes on, and of that
 * only `traceparent`: `tracestate` and `baggage` are free text of somebody else.
 */
export function commonHeaders(scope: RequestScope, hasBody: boolean): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (hasBody) headers['content-type'] = 'application/json';
  if (scope.traceparent !== undefined) headers['traceparent'] = scope.traceparent;
  return headers;
}
