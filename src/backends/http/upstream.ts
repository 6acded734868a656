import { UpstreamError } from '../../errors/upstream-error.ts';
import type { BackendStatus } from '../backend.ts';
import { addressesOf } from './addresses.ts';
import { openPool, probe, type ConnectionOptions } from './connections.ts';
import type { CallObserver, CallScope, UpstreamCall } from './call.ts';
import { Deadlines } from './deadlines.ts';
import { exchange, type PendingCall, type Route } from './exchange.ts';
import { Gate, type GateOptions } from './gate.ts';
import { pause } from './pause.ts';
import { refreshWhenRefused } from './refresh-when-refused.ts';
import { repeatDelay } from './repeat.ts';
import { RepeatBudget } from './repeat-budget.ts';

export interface UpstreamOptions extends ConnectionOptions, GateOptions {
  readonly observe: CallObserver;
}

/** One REST backend over a pool of keep-alive connections. */
export class Upstream {
  readonly #options: UpstreamOptions;
  readonly #route: Route;
  readonly #budget: RepeatBudget;
  readonly #repeats = { sent: 0, refused: 0 };
  /** Forms of the address, for whoever keeps it out of answers. */
  readonly addresses: readonly string[];

  constructor(options: UpstreamOptions) {
    this.#options = options;
    this.addresses = addressesOf(options.baseUrl);
    // Enough to make up for one moment in which all connections break.
    this.#budget = new RepeatBudget(options.concurrency);
    this.#route = {
      backend: options.backend,
      basePath: options.baseUrl.pathname.replace(/\/+$/, ''),
      pool: openPool(options),
      gate: new Gate(options),
      deadlines: new Deadlines(),
      observe: options.observe,
    };
  }

  /**
   * Sends until there is an answer, an error that must not be repeated, or no time left.
   * @throws UpstreamError
   */
  call<T>(call: UpstreamCall<T>, { deadline, cancellation }: CallScope): Promise<T> {
    const end = Math.min(deadline, performance.now() + this.#options.timeoutMs);
    this.#budget.payIn();
    return new Promise((answered, reject) => {
      let sends = 1;
      const sendFailed = (error: unknown) => {
        const nothing = call.request.method === 'GET' ? call.ifNotFound : undefined;
        if (nothing !== undefined && isNotFound(error)) return answered(nothing);
        this.#beforeRepeat(error, pending, sends)
          .then(() => {
            sends += 1;
            exchange(this.#route, pending);
          })
          .catch(reject);
      };
      const pending: PendingCall<T> = { call, cancellation, end, answered, sendFailed };
      exchange(this.#route, pending);
    });
  }

  /** Resolves when a failed call is to be sent again. @throws the error when it is not */
  async #beforeRepeat<T>(error: unknown, pending: PendingCall<T>, sends: number): Promise<void> {
    if (!(error instanceof UpstreamError)) throw error;
    const { call, cancellation, end } = pending;
    const remainingMs = end - performance.now();
    const delay = repeatDelay(error, { write: call.request.method !== 'GET', sends, remainingMs });
    if (delay === undefined) {
      await refreshWhenRefused(call.secret, error);
      throw error;
    }
    if (!this.#mayRepeat()) throw error;
    // Of a call that nobody waits for any more the last answer is the whole truth.
    if (!(await pause(delay, cancellation))) throw error;
  }

  #mayRepeat(): boolean {
    const allowed = this.#budget.spend();
    this.#repeats[allowed ? 'sent' : 'refused'] += 1;
    return allowed;
  }

  /** How many more calls would be sent at once. */
  get room(): number {
    return this.#route.gate.room;
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

function isNotFound(error: unknown): boolean {
  return error instanceof UpstreamError && error.kind === 'not_found';
}
