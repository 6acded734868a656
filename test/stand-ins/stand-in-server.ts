import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer, Exchange, RecordedRequest } from './exchange.ts';
import { sendAnswer } from './exchange.ts';
import type { Faults, RequestMatch } from './faults.ts';
import { createFaults, fault, matches } from './faults.ts';
import { parseJson } from './json.ts';
import type { ListenerOptions } from './listener.ts';
import { openListener } from './listener.ts';

export interface StandInOptions extends Omit<ListenerOptions, 'serve'> {
  /** The domain: what a healthy backend answers. */
  readonly handle: (request: RecordedRequest) => Answer | Promise<Answer>;
}

export interface StandIn {
  /** Origin, without a path prefix. */
  readonly url: string;
  readonly port: number;
  readonly requests: readonly RecordedRequest[];
  readonly faults: Faults;
  /** Exchanges open right now, and the most there were at once since `clearRequests`. */
  readonly inFlight: number;
  readonly maxInFlight: number;
  readonly openConnections: number;
  readonly connectionCount: number;
  /** Exceptions of the domain handler; each was answered with 500. Expect none. */
  readonly failures: readonly unknown[];
  clearRequests(): void;
  /** Settles with the matching requests as soon as there are so many, past ones included. */
  whenRequested(count: number, match?: RequestMatch): Promise<readonly RecordedRequest[]>;
  /** Breaks all connections but keeps listening. */
  dropConnections(): Promise<void>;
  /** Refuses connections from now on, until `restart` on the same port. */
  stop(): Promise<void>;
  restart(): Promise<void>;
  /** Ends everything, exchanges that hang included. */
  close(): Promise<void>;
}

/** Starts a backend on a real socket that records what it receives and can be made to fail. */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const { faults, take } = createFaults();
  const requests: RecordedRequest[] = [];
  const failures: unknown[] = [];
  const waiting = new Set<() => void>();
  let inFlight = 0;
  let maxInFlight = 0;

  function open(response: ServerResponse): Promise<'answered' | 'dropped'> {
    inFlight += 1;
    maxInFlight = Math.max(maxInFlight, inFlight);
    response.on('error', () => undefined); // The peer may be gone; `ended` tells.
    return new Promise((resolve) => {
      response.once('close', () => {
        inFlight -= 1;
        resolve(response.writableFinished ? 'answered' : 'dropped');
      });
    });
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const ended = open(response);
    const connectionId = listener.connectionIdOf(incoming);
    const bodyBytes = await readBody(incoming);
    if (bodyBytes === undefined) return;
    const body = bodyBytes.toString('utf8');
    const request: RecordedRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      rawHeaders: incoming.rawHeaders,
      body,
      bodyBytes,
      bodyJson: parseJson(body),
      connectionId,
      ended,
    };
    requests.push(request);
    const chosen = take(request) ?? fault.pass();
    for (const check of waiting) check();
    try {
      await chosen.play(exchangeOf(request, incoming, response));
    } catch (error) {
      failures.push(error);
      if (response.headersSent) response.destroy();
      else sendAnswer(response, { status: 500, body: { standInFailure: String(error) } });
    }
  }

  function exchangeOf(request: RecordedRequest, incoming: IncomingMessage, response: ServerResponse): Exchange {
    let normal: Promise<Answer> | undefined;
    return {
      request,
      response,
      apply: () => (normal ??= Promise.resolve(options.handle(request))),
      reset: () => {
        listener.reset(incoming);
      },
      endConnection: () => {
        incoming.socket.end();
      },
    };
  }

  const listener = await openListener({
    ...options,
    serve: (incoming, response) => void serve(incoming, response),
  });

  return {
    url: listener.url,
    port: listener.port,
    requests,
    faults,
    failures,
    get inFlight() {
      return inFlight;
    },
    get maxInFlight() {
      return maxInFlight;
    },
    get openConnections() {
      return listener.openConnections;
    },
    get connectionCount() {
      return listener.connectionCount;
    },
    clearRequests() {
      requests.length = 0;
      maxInFlight = inFlight;
    },
    whenRequested: (count, match) =>
      new Promise((resolve) => {
        const check = (): void => {
          const found = requests.filter((request) => matches(match, request));
          if (found.length < count) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      }),
    dropConnections: listener.dropConnections,
    stop: listener.stop,
    restart: listener.restart,
    close: listener.stop,
  };
}

/** The whole body, or `undefined` when the sender went away before its end. */
function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.once('end', () => {
      resolve(Buffer.concat(chunks));
    });
    incoming.once('error', () => {
      resolve(undefined);
    });
    incoming.once('close', () => {
      resolve(undefined);
    });
  });
}
