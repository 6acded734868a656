import { UpstreamError } from '../../errors/upstream-error.ts';
import type { BreakerState, ShedReason } from '../backend.ts';
import { Breaker, type BreakerOptions } from './breaker.ts';
import { Turnstile, type Waiter } from './turnstile.ts';

export interface GateOptions extends BreakerOptions {
  readonly backend: string;
  /** Sends under way at once. */
  readonly concurrency: number;
  /** Sends that may wait for their turn. */
  readonly maxWaiting: number;
}

/** Lets sends to one backend through in order of arrival; turns away at once what has no prospect, before anything is sent. */
export class Gate {
  readonly #backend: string;
  readonly #turnstile: Turnstile;
  readonly #shed: Record<ShedReason, number> = { breaker: 0, queue_full: 0, queue_time: 0 };
  readonly breaker: Breaker;

  constructor(options: GateOptions) {
    this.#backend = options.backend;
    this.#turnstile = new Turnstile(options.concurrency, options.maxWaiting);
    this.breaker = new Breaker(options);
  }

  get state(): BreakerState {
    return this.breaker.state;
  }

  get inFlight(): number {
    return this.#turnstile.inside;
  }

  get waiting(): number {
    return this.#turnstile.waiting;
  }

  /** How many more sends would be let in at once. */
  get room(): number {
    return this.#turnstile.free;
  }

  get shed(): Readonly<Record<ShedReason, number>> {
    return this.#shed;
  }

  /**
   * Has `send` enter, now or when its turn comes. Whoever enters asks the breaker once more, since the backend may have been found ill
   * meanwhile, and leaves in the end.
   * @throws UpstreamError `unavailable`, `sent: false`, when it is shed at once
   */
  admit(send: Waiter): void {
    // Before the queue, so that nobody waits for a refusal.
    if (!this.breaker.admits()) throw this.turnAway('breaker');
    if (!this.#turnstile.admit(send)) throw this.turnAway('queue_full');
  }

  /** A send that has not entered yet does not want to any more. */
  forget(send: Waiter): void {
    this.#turnstile.forget(send);
  }

  leave(): void {
    this.#turnstile.leave();
  }

  /** Counts a send that is turned away, and answers the error for it. */
  turnAway(reason: ShedReason): UpstreamError {
    this.#shed[reason] += 1;
    const backend = this.#backend;
    if (reason === 'queue_time') {
      return new UpstreamError({ backend, kind: 'timeout', sent: false, detail: 'no connection free in time' });
    }
    const detail = reason === 'breaker' ? 'breaker open' : 'too many calls are waiting';
    return new UpstreamError({ backend, kind: 'unavailable', sent: false, detail });
  }
}
