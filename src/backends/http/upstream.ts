import { buildConnector, Pool } from 'undici';
import { UpstreamError, type FailureKind } from '../../errors/upstream-error.ts';
import type { RequestScope } from '../backend.ts';
import { exchange, type HttpRequest, type HttpResponse } from './exchange.ts';
import { pause } from './pause.ts';
import { repeatDelay } from './repeat.ts';
import { Turnstile } from './turnstile.ts';

export interface UpstreamOptions {
  readonly backend: string;
  readonly baseUrl: URL;
  /** PEM bundle that replaces the system's certificate authorities. */
  readonly ca?: string | undefined;
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly maxResponseBytes: number;
  readonly observe: CallObserver;
}

/** Told of every single send, repeated ones included. `result` is `ok` or the kind of failure. */
export type CallObserver = (call: {
  readonly backend: string;
  readonly endpoint: string;
  readonly result: string;
  readonly durationMs: number;
}) => void;

export interface UpstreamCall<T> {
  /** Address template without ids, for metrics and logs. */
  readonly endpoint: string;
  readonly request: HttpRequest;
  /** Turns an answer into what the caller wants, or throws an UpstreamError. */
  readonly read: (response: HttpResponse) => T;
}

/** What a call has to know of the request it is made for. */
export type CallScope = Pick<RequestScope, 'deadline' | 'cancellation'>;

/** How long `/readyz` waits for a connection, milliseconds. */
const PROBE_TIMEOUT_MS = 2_000;

/** One REST backend over a pool of keep-alive connections, at most `concurrency` requests in flight. */
export class Upstream {
  readonly #options: UpstreamOptions;
  readonly #pool: Pool;
  readonly #turnstile: Turnstile;
  readonly #basePath: string;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.#basePath = options.baseUrl.pathname.replace(/\/+$/, '');
    this.#turnstile = new Turnstile(options.concurrency, Infinity);
    this.#pool = new Pool(options.baseUrl.origin, {
      connections: options.concurrency,
      pipelining: 1,
      allowH2: false,
      // The whole exchange has one deadline of ours; undici's own clocks would only blur which one struck.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: this.#connectOptions(options.timeoutMs),
      maxResponseSize: options.maxResponseBytes,
    });
  }

  /**
   * Sends until there is an answer, an error that must not be repeated, or no time left.
   * @throws UpstreamError
   */
  async call<T>(call: UpstreamCall<T>, scope: CallScope): Promise<T> {
    const end = Math.min(scope.deadline, performance.now() + this.#options.timeoutMs);
    const write = call.request.method !== 'GET';
    for (let sends = 1; ; sends += 1) {
      try {
        return await this.#send(call, scope, end);
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        const delay = repeatDelay(error, { write, sends, remainingMs: end - performance.now() });
        // Of a call that nobody waits for any more the last answer is the whole truth.
        if (delay === undefined || !(await pause(delay, scope.cancellation))) throw error;
      }
    }
  }

  async #send<T>(call: UpstreamCall<T>, scope: CallScope, end: number): Promise<T> {
    const { backend, observe } = this.#options;
    const start = performance.now();
    let result = 'bug';
    try {
      const answer = call.read(await this.#exchange(call.request, scope, end));
      result = 'ok';
      return answer;
    } catch (error) {
      if (error instanceof UpstreamError) result = error.kind;
      throw error;
    } finally {
      observe({ backend, endpoint: call.endpoint, result, durationMs: performance.now() - start });
    }
  }

  async #exchange(request: HttpRequest, { cancellation }: CallScope, end: number): Promise<HttpResponse> {
    const { backend } = this.#options;
    const notSent = (kind: FailureKind, detail: string) => new UpstreamError({ backend, kind, sent: false, detail });
    const patienceMs = end - performance.now();
    if (cancellation.isCancelled) throw notSent('cancelled', 'the client went away');
    if (patienceMs <= 0) throw notSent('timeout', 'no time left');
    const admission = await this.#turnstile.enter(patienceMs, cancellation);
    if (admission === 'cancelled') throw notSent('cancelled', 'the client went away');
    if (admission !== 'in') throw notSent('timeout', 'no connection free in time');
    try {
      const timeoutMs = end - performance.now();
      if (timeoutMs <= 0) throw notSent('timeout', 'no time left');
      const addressed = { ...request, path: this.#basePath + request.path };
      return await exchange(this.#pool, addressed, { backend, timeoutMs, cancellation });
    } finally {
      this.#turnstile.leave();
    }
  }

  /** Whether a connection, TLS included, can be made right now. Sends no request and no credential. */
  probe(): Promise<boolean> {
    const { protocol, hostname, port, host } = this.#options.baseUrl;
    // An IPv6 address stands in brackets in a URL, and nowhere else.
    const bare = hostname.replace(/^\[|\]$/g, '');
    const connect = buildConnector({ ...this.#connectOptions(PROBE_TIMEOUT_MS), allowH2: false });
    return new Promise((resolve) => {
      connect({ protocol, hostname: bare, host, port, servername: '' }, (error, socket) => {
        socket?.destroy();
        resolve(error === null);
      });
    });
  }

  /** Calls in flight have to be over: what is still open then belongs to nobody. */
  close(): Promise<void> {
    return this.#pool.destroy();
  }

  #connectOptions(timeout: number): { timeout: number; ca?: string } {
    const { ca } = this.#options;
    return ca === undefined ? { timeout } : { timeout, ca };
  }
}
