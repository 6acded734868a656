import { UpstreamError, type FailureKind } from '../../errors/upstream-error.ts';
import type { BreakerState, RequestScope, ShedReason } from '../backend.ts';
import { Breaker, type BreakerOptions } from './breaker.ts';
import { Turnstile } from './turnstile.ts';

export interface GateOptions extends BreakerOptions {
  readonly backend: string;
  /** Sends under way at once. */
  readonly concurrency: number;
  /** Sends that may wait for their turn. */
  readonly maxWaiting: number;
}

/** What a send has to know of the request it is made for. */
export type CallScope = Pick<RequestScope, 'deadline' | 'cancellation'>;

/** Lets sends to one backend through in order of arrival; turns away at once what has no prospect, before anything is sent. */
export class Gate {
  readonly #backend: string;
  readonly #turnstile: Turnstile;
  readonly #breaker: Breaker;
  readonly #shed: Record<ShedReason, number> = { breaker: 0, queue_full: 0, queue_time: 0 };

  constructor(options: GateOptions) {
    this.#backend = options.backend;
    this.#turnstile = new Turnstile(options.concurrency, options.maxWaiting);
    this.#breaker = new Breaker(options);
  }

  get breaker(): BreakerState {
    return this.#breaker.state;
  }

  get inFlight(): number {
    return this.#turnstile.inside;
  }

  get waiting(): number {
    return this.#turnstile.waiting;
  }

  get shed(): Readonly<Record<ShedReason, number>> {
    return this.#shed;
  }

  /**
   * Runs `send` when its turn has come.
   * @param end until when, milliseconds on the clock of `performance.now()`
   * @throws UpstreamError with `sent: false`: `unavailable` when it is shed, `timeout` when its turn did not come in time, `cancelled`
   *   when nobody waits for it any more; and whatever `send` throws
   */
  async pass<T>(send: () => Promise<T>, { cancellation }: CallScope, end: number): Promise<T> {
    if (cancellation.isCancelled) throw this.#refusal('cancelled', 'the client went away');
    // Before the queue, so that nobody waits for a refusal.
    if (!this.#breaker.admits()) throw this.#turnAway('breaker');
    const patienceMs = end - performance.now();
    if (patienceMs <= 0) throw this.#refusal('timeout', 'no time left');
    const entry = this.#turnstile.enter(patienceMs, cancellation);
    const admission = typeof entry === 'string' ? entry : await entry;
    if (admission === 'cancelled') throw this.#refusal('cancelled', 'the client went away');
    if (admission === 'full') throw this.#turnAway('queue_full');
    if (admission === 'late') throw this.#turnAway('queue_time');
    try {
      // And once more after it: the backend may have been found ill meanwhile.
      if (!this.#breaker.admits()) throw this.#turnAway('breaker');
      return await this.#breaker.run(send);
    } finally {
      this.#turnstile.leave();
    }
  }

  #turnAway(reason: ShedReason): UpstreamError {
    this.#shed[reason] += 1;
    if (reason === 'queue_time') return this.#refusal('timeout', 'no connection free in time');
    return this.#refusal('unavailable', reason === 'breaker' ? 'breaker open' : 'too many calls are waiting');
  }

  #refusal(kind: FailureKind, detail: string): UpstreamError {
    return new UpstreamError({ backend: this.#backend, kind, sent: false, detail });
  }
}
