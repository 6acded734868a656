import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { codeTable } from '../errors/codes.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';

export interface HttpServerOptions {
  readonly graphql: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly readiness: () => Promise<Readiness>;
  readonly metrics: Metrics;
  readonly isDraining: () => boolean;
  readonly log: Log;
}

/** Longer than the 60 s that proxies commonly keep an idle connection: whoever sends must be the first to close it. */
const KEEP_ALIVE_MS = 75_000;
/** For a whole request to arrive, milliseconds. A body of 1 MB takes that long at 140 kbit/s. */
const REQUEST_TIMEOUT_MS = 60_000;

export interface CountingServer {
  readonly server: Server;
  /** Requests that are still worked on, or whose answer is not sent yet. */
  readonly activeRequests: () => number;
}

type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** The HTTP server with its four addresses. It does not listen yet. */
export function createHttpServer(options: HttpServerOptions): CountingServer {
  const { graphql, readiness, metrics, isDraining, log } = options;
  const routes = new Map<string, Route>([
    ['/graphql', graphql],
    ['/healthz', onlyGet((_request, response) => json(response, 200, { status: 'alive' }))],
    [
      '/readyz',
      onlyGet(async (_request, response) => {
        const state = await readiness();
        json(response, state.status === 'draining' ? 503 : 200, state);
      }),
    ],
    [
      '/metrics',
      onlyGet(async (_request, response) => {
        response.setHeader('content-type', metrics.contentType);
        response.end(await metrics.text());
      }),
    ],
  ]);

  const answer = async (request: IncomingMessage, response: ServerResponse, done: () => void): Promise<void> => {
    // While draining, a client that keeps its connection would come back to a server that is gone.
    if (isDraining()) response.setHeader('connection', 'close');
    const url = request.url ?? '';
    const route = routes.get(url) ?? routes.get(url.split('?', 1)[0] ?? '');
    try {
      if (route === undefined) return json(response, 404, { error: 'There is nothing at this address.' });
      return await route(request, response);
    } catch (error) {
      // The client went away in the middle of its request: nobody is left to be answered.
      if (request.destroyed && !request.complete) return void response.destroy();
      log.error(
        { err: error, correlationId: response.getHeader('x-correlation-id') },
        'a request failed in the server',
      );
      return response.headersSent ? void response.destroy() : json(response, 500, serverFault(response));
    } finally {
      done();
    }
  };

  let active = 0;
  const server = createServer(
    { keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    (request, response) => {
      active += 1;
      // Both: a client may leave while its operation, maybe with writes still to come, goes on.
      let unfinished = 2;
      const finish = () => {
        unfinished -= 1;
        if (unfinished === 0) active -= 1;
      };
      response.on('close', finish);
      void answer(request, response, finish);
    },
  );
  return { server, activeRequests: () => active };
}

/** A fault outside of any GraphQL field. What became of a write that was under way nobody can say any more. */
function serverFault(response: ServerResponse): object {
  const { code, read: message, outcome } = codeTable.internal;
  const correlationId = response.getHeader('x-correlation-id');
  return { errors: [{ message, extensions: { code, retryable: false, outcome, correlationId } }] };
}

function onlyGet(route: Route): Route {
  return (request, response) => {
    if (request.method === 'GET' || request.method === 'HEAD') return route(request, response);
    response.setHeader('allow', 'GET, HEAD');
    return json(response, 405, { error: 'This address can only be read.' });
  };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}
