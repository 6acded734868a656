import { UpstreamError } from '../../errors/upstream-error.ts';
import type { BackendStatus } from '../backend.ts';
import { refreshWhenRefused } from './refresh-when-refused.ts';
import type { Secret } from '../secret.ts';
import { addressesOf } from './addresses.ts';
import { openPool, probe, type ConnectionOptions } from './connections.ts';
import { exchange, type CallScope, type HttpRequest, type HttpResponse, type Route } from './exchange.ts';
import { Gate, type GateOptions } from './gate.ts';
import { pause } from './pause.ts';
import { repeatDelay } from './repeat.ts';
import { RepeatBudget } from './repeat-budget.ts';

export interface UpstreamOptions extends ConnectionOptions, GateOptions {
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
  /** The configured secret that signs it; undefined when the caller's own does. */
  readonly secret: Secret | undefined;
  /** Turns an answer into what the caller wants, or throws an UpstreamError. */
  readonly read: (response: HttpResponse) => T;
}

/** One REST backend over a pool of keep-alive connections. */
export class Upstream {
  readonly #options: UpstreamOptions;
  readonly #route: Route;
  readonly #budget: RepeatBudget;
  readonly #repeats = { sent: 0, refused: 0 };
  readonly #basePath: string;
  /** Forms of the address, for whoever keeps it out of answers. */
  readonly addresses: readonly string[];

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.#basePath = options.baseUrl.pathname.replace(/\/+$/, '');
    this.addresses = addressesOf(options.baseUrl);
    // Enough to make up for one moment in which all connections break.
    this.#budget = new RepeatBudget(options.concurrency);
    this.#route = { backend: options.backend, pool: openPool(options), gate: new Gate(options) };
  }

  /**
   * Sends until there is an answer, an error that must not be repeated, or no time left.
   * @throws UpstreamError
   */
  async call<T>(call: UpstreamCall<T>, { deadline, cancellation }: CallScope): Promise<T> {
    const { backend, timeoutMs, observe } = this.#options;
    const { endpoint, secret, read } = call;
    const options = {
      request: this.#absolute(call.request),
      cancellation,
      end: Math.min(deadline, performance.now() + timeoutMs),
      read,
      observe: (result: string, durationMs: number) => observe({ backend, endpoint, result, durationMs }),
    };
    const write = call.request.method !== 'GET';
    this.#budget.payIn();
    for (let sends = 1; ; sends += 1) {
      try {
        return await exchange(this.#route, options);
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        const delay = repeatDelay(error, { write, sends, remainingMs: options.end - performance.now() });
        if (delay === undefined) {
          await refreshWhenRefused(secret, error);
          throw error;
        }
        if (!this.#mayRepeat()) throw error;
        // Of a call that nobody waits for any more the last answer is the whole truth.
        if (!(await pause(delay, cancellation))) throw error;
      }
    }
  }

  /** The same request with its whole path. */
  #absolute({ method, path, headers, body }: HttpRequest): HttpRequest {
    const whole = this.#basePath + path;
    return body === undefined ? { method, path: whole, headers } : { method, path: whole, headers, body };
  }

  #mayRepeat(): boolean {
    const allowed = this.#budget.spend();
    this.#repeats[allowed ? 'sent' : 'refused'] += 1;
    return allowed;
  }

  status(): BackendStatus {
    const { state, inFlight, waiting, shed } = this.#route.gate;
    return { breaker: state, inFlight, waiting, shed, repeats: this.#repeats };
  }

  /** Whether a connection can be made right now. Sends no request and no credential. */
  probe(): Promise<boolean> {
    return probe(this.#options);
  }

  /** Calls in flight have to be over: what is still open then belongs to nobody. */
  close(): Promise<void> {
    return this.#route.pool.destroy();
  }
}
