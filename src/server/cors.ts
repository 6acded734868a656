import type { IncomingMessage, ServerResponse } from 'node:http';

/** What pages may send beside what every request may. `authorization` is named, since `*` would not cover it. */
const REQUEST_HEADERS = [
  'content-type',
  'authorization',
  'apollo-require-preflight',
  'traceparent',
  'x-correlation-id',
  'x-operation-timeout-ms',
];
/** How long a browser may remember the answer to a preflight, seconds. */
const MAX_AGE = 600;

export interface CorsOptions {
  /** Origins whose pages may call, as browsers write them. */
  readonly origins: readonly string[];
  /** Headers in which callers send their own credentials for a backend. */
  readonly credentialHeaders: readonly string[];
  /** Whether `GET` leads anywhere. */
  readonly explorer: boolean;
}

/**
 * Cross-origin resource sharing for pages of listed origins. Cookies are of no use here, so credentials of the browser's own are not
 * allowed. Answers true when the request was a preflight, which is then answered: it carries no credential and learns nothing.
 */
export function createCors(options: CorsOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  const origins = new Set(options.origins);
  const methods = options.explorer ? 'GET, POST' : 'POST';
  const headers = [...REQUEST_HEADERS, ...options.credentialHeaders].join(', ');

  return (request, response) => {
    const { origin } = request.headers;
    response.setHeader('vary', 'Origin');
    const isAllowed = origin !== undefined && origins.has(origin);
    const isPreflight =
      request.method === 'OPTIONS' &&
      origin !== undefined &&
      request.headers['access-control-request-method'] !== undefined;
    if (isAllowed) {
      response.setHeader('access-control-allow-origin', origin);
      if (!isPreflight) response.setHeader('access-control-expose-headers', 'x-correlation-id');
    }
    if (!isPreflight) return false;
    if (isAllowed) {
      response.setHeader('access-control-allow-methods', methods);
      response.setHeader('access-control-allow-headers', headers);
      response.setHeader('access-control-max-age', String(MAX_AGE));
    }
    response.statusCode = 204;
    response.end();
    return true;
  };
}
