import type { Pool } from 'undici';
import { UpstreamError } from '../../errors/upstream-error.ts';
import type { BackendStatus } from '../backend.ts';
import { refreshWhenRefused } from './refresh-when-refused.ts';
import type { Secret } from '../secret.ts';
import { addressesOf } from './addresses.ts';
import { openPool, probe, type ConnectionOptions } from './connections.ts';
import { exchange, type HttpRequest, type HttpResponse } from './exchange.ts';
import { Gate, type CallScope, type GateOptions } from './gate.ts';
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
  readonly #pool: Pool;
  readonly #gate: Gate;
  readonly #budget: RepeatBudget;
  readonly #repeats = { sent: 0, refused: 0 };
  readonly #basePath: string;
  /** Forms of the address, for whoever keeps it out of answers. */
  readonly addresses: readonly string[];

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.#basePath = options.baseUrl.pathname.replace(/\/+$/, '');
    this.addresses = addressesOf(options.baseUrl);
    this.#gate = new Gate(options);
    // Enough to make up for one moment in which all connections break.
    this.#budget = new RepeatBudget(options.concurrency);
    this.#pool = openPool(options);
  }

  /**
   * Sends until there is an answer, an error that must not be repeated, or no time left.
   * @throws UpstreamError
   */
  async call<T>(call: UpstreamCall<T>, scope: CallScope): Promise<T> {
    const end = Math.min(scope.deadline, performance.now() + this.#options.timeoutMs);
    const write = call.request.method !== 'GET';
    this.#budget.payIn();
    for (let sends = 1; ; sends += 1) {
      try {
        return await this.#gate.pass(() => this.#send(call, scope, end), scope, end);
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        const delay = repeatDelay(error, { write, sends, remainingMs: end - performance.now() });
        if (delay === undefined) {
          await refreshWhenRefused(call.secret, error);
          throw error;
        }
        if (!this.#mayRepeat()) throw error;
        // Of a call that nobody waits for any more the last answer is the whole truth.
        if (!(await pause(delay, scope.cancellation))) throw error;
      }
    }
  }

  #mayRepeat(): boolean {
    const allowed = this.#budget.spend();
    this.#repeats[allowed ? 'sent' : 'refused'] += 1;
    return allowed;
  }

  async #send<T>(call: UpstreamCall<T>, { cancellation }: CallScope, end: number): Promise<T> {
    const { backend, observe } = this.#options;
    const start = performance.now();
    const request = { ...call.request, path: this.#basePath + call.request.path };
    let result = 'bug';
    try {
      const timeoutMs = end - start;
      if (timeoutMs <= 0) throw new UpstreamError({ backend, kind: 'timeout', sent: false, detail: 'no time left' });
      const answer = call.read(await exchange(this.#pool, request, { backend, timeoutMs, cancellation }));
      result = 'ok';
      return answer;
    } catch (error) {
      if (error instanceof UpstreamError) result = error.kind;
      throw error;
    } finally {
      observe({ backend, endpoint: call.endpoint, result, durationMs: performance.now() - start });
    }
  }

  status(): BackendStatus {
    const { breaker, inFlight, waiting, shed } = this.#gate;
    return { breaker, inFlight, waiting, shed, repeats: this.#repeats };
  }

  /** Whether a connection can be made right now. Sends no request and no credential. */
  probe(): Promise<boolean> {
    return probe(this.#options);
  }

  /** Calls in flight have to be over: what is still open then belongs to nobody. */
  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
