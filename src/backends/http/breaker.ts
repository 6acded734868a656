import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhenResult,
  type CircuitBreakerPolicy,
  type IBackoff,
} from 'cockatiel';
import { UpstreamError } from '../../errors/upstream-error.ts';
import type { BreakerState } from '../backend.ts';

export interface BreakerOptions {
  /** Failures in a row that open it; 0: it never opens. */
  readonly failures: number;
  /** Time from opening to the next trial, milliseconds. */
  readonly coolDownMs: number;
  /** Time for one call, milliseconds: the measure for what a timeout says. */
  readonly timeoutMs: number;
}

/** How a send failed, and what that says of the backend; `nothing`: it was given up here. */
class Failure {
  readonly error: unknown;
  readonly sign: 'ill' | 'well' | 'nothing';

  constructor(error: unknown, sign: Failure['sign']) {
    this.error = error;
    this.sign = sign;
  }
}

/**
 * Keeps calls away from a backend that is ill. It opens after so many failed sends in a row, with no answer in between: a backend that
 * still answers some calls is worth asking, and how many sends belong to one operation makes no difference. Then one call at a time is
 * let through as a trial.
 */
export class Breaker {
  readonly #options: BreakerOptions;
  readonly #policy: CircuitBreakerPolicy | undefined;
  #openUntil = 0;
  /** Whether the policy has counted a failure since the last success it was told of. */
  #hasCounted = false;

  constructor(options: BreakerOptions) {
    this.#options = options;
    if (options.failures === 0) return;
    this.#policy = circuitBreaker(
      handleWhenResult((result) => result instanceof Failure && result.sign !== 'well'),
      { breaker: new ConsecutiveBreaker(options.failures), halfOpenAfter: this.#coolDown() },
    );
  }

  get state(): BreakerState {
    const state = this.#policy?.state ?? CircuitState.Closed;
    if (state === CircuitState.Closed) return 'closed';
    return state === CircuitState.HalfOpen ? 'half-open' : 'open';
  }

  /** Whether a call would be let through now. While a trial is under way, cockatiel would have it wait for the end of that. */
  admits(): boolean {
    const state = this.state;
    return state === 'closed' || (state === 'open' && performance.now() >= this.#openUntil);
  }

  /** Sends, when `admits()` is true at this very moment. @throws whatever `send` throws */
  run<T>(send: () => Promise<T>): Promise<T> {
    if (this.#policy === undefined) return send();
    return this.state === 'closed' ? this.#runClosed(send, this.#policy) : this.#runTrial(send, this.#policy);
  }

  /** The policy hears of failures, and of the first success after one; nothing else could change its state. */
  async #runClosed<T>(send: () => Promise<T>, policy: CircuitBreakerPolicy): Promise<T> {
    const start = performance.now();
    try {
      const result = await send();
      if (this.#hasCounted) await this.#count(policy, 'well');
      return result;
    } catch (error) {
      const sign = this.#signOf(error, performance.now() - start);
      if (sign === 'ill' || (sign === 'well' && this.#hasCounted)) await this.#count(policy, sign, error);
      throw error;
    }
  }

  async #count(policy: CircuitBreakerPolicy, sign: 'ill' | 'well', error?: unknown): Promise<void> {
    // Others may have opened it meanwhile; then this outcome is of before, and no trial.
    if (this.state !== 'closed') return;
    this.#hasCounted = sign === 'ill';
    await policy.execute(() => new Failure(error, sign));
  }

  async #runTrial<T>(send: () => Promise<T>, policy: CircuitBreakerPolicy): Promise<T> {
    const start = performance.now();
    const result = await policy.execute(async () => {
      try {
        return await send();
      } catch (error) {
        // cockatiel counts a thrown error neither as failure nor as success, but would close after a trial that threw.
        return new Failure(error, this.#signOf(error, performance.now() - start));
      }
    });
    if (result instanceof Failure) throw result.error;
    return result;
  }

  /** Only failures of the backend or of the way to it are signs of illness. An answer, and be it a refusal, is a sign of life. */
  #signOf(error: unknown, tookMs: number): Failure['sign'] {
    // A fault of this service: the answer was there.
    if (!(error instanceof UpstreamError)) return 'well';
    if (error.status !== null) return error.status >= 500 ? 'ill' : 'well';
    if (error.kind === 'cancelled') return 'nothing';
    // A caller who gives an operation little time says more about himself than about the backend.
    if (error.kind === 'timeout') return tookMs >= this.#options.timeoutMs / 2 ? 'ill' : 'nothing';
    return isTooLarge(error.cause) ? 'well' : 'ill';
  }

  /**
   * The wait before a trial, in cockatiel's terms, but on a clock that nobody sets: with its own, which is the time of day, a clock that
   * is put back by an hour would keep the breaker open for an hour.
   */
  #coolDown(): IBackoff<{ readonly result: object }> {
    const isOver = () => performance.now() >= this.#openUntil;
    const coolDown: IBackoff<{ readonly result: object }> = {
      get duration() {
        return isOver() ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
      },
      next: ({ result }) => {
        // After a trial that was given up here nothing is known: the next call is the next trial.
        const nothing = 'value' in result && result.value instanceof Failure && result.value.sign === 'nothing';
        this.#openUntil = performance.now() + (nothing ? 0 : this.#options.coolDownMs);
        return coolDown;
      },
    };
    return coolDown;
  }
}

/** An answer beyond the size limit is about one record, not about the backend. */
function isTooLarge(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE';
}
