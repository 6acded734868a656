import { setTimeout as sleep } from 'node:timers/promises';
import { buildConnector, Pool } from 'undici';
import { UpstreamError } from '../../errors/upstream-error.ts';
import { exchange, type HttpRequest, type HttpResponse } from './exchange.ts';
import { repeatDelay } from './repeat.ts';

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

/** How long `/readyz` waits for a connection, milliseconds. */
const PROBE_TIMEOUT_MS = 2_000;

/** One REST backend over a pool of keep-alive connections, at most `concurrency` requests in flight. */
export class Upstream {
  readonly #options: UpstreamOptions;
  readonly #pool: Pool;
  readonly #basePath: string;

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.#basePath = options.baseUrl.pathname.replace(/\/+$/, '');
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
   * @param deadline end of the operation, milliseconds on the clock of `performance.now()`
   * @throws UpstreamError
   */
  async call<T>(call: UpstreamCall<T>, deadline: number): Promise<T> {
    const end = Math.min(deadline, performance.now() + this.#options.timeoutMs);
    const write = call.request.method !== 'GET';
    for (let sends = 1; ; sends += 1) {
      try {
        return await this.#send(call, end);
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        const delay = repeatDelay(error, { write, sends, remainingMs: end - performance.now() });
        if (delay === undefined) throw error;
        await sleep(delay);
      }
    }
  }

  async #send<T>(call: UpstreamCall<T>, end: number): Promise<T> {
    const { backend, observe } = this.#options;
    const start = performance.now();
    let result = 'bug';
    try {
      const remainingMs = end - start;
      if (remainingMs <= 0) {
        throw new UpstreamError({ backend, kind: 'timeout', sent: false, detail: 'no time left' });
      }
      const request = { ...call.request, path: this.#basePath + call.request.path };
      const answer = call.read(await exchange(backend, this.#pool, request, remainingMs));
      result = 'ok';
      return answer;
    } catch (error) {
      if (error instanceof UpstreamError) result = error.kind;
      throw error;
    } finally {
      observe({ backend, endpoint: call.endpoint, result, durationMs: performance.now() - start });
    }
  }

  /** Whether a connection, TLS included, can be made right now. Sends no request and no credential. */
  probe(): Promise<boolean> {
    const { protocol, hostname, port, host } = this.#options.baseUrl;
    const connect = buildConnector({ ...this.#connectOptions(PROBE_TIMEOUT_MS), allowH2: false });
    return new Promise((resolve) => {
      connect({ protocol, hostname, host, port, servername: '' }, (error, socket) => {
        socket?.destroy();
        resolve(error === null);
      });
    });
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  #connectOptions(timeout: number): { timeout: number; ca?: string } {
    const { ca } = this.#options;
    return ca === undefined ? { timeout } : { timeout, ca };
  }
}
