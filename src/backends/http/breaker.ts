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

/** What the end of a send says of the backend; `nothing`: it was given up here. */
type Sign = 'ill' | 'well' | 'nothing';

/** A send that decides whether the breaker closes. */
export interface Trial {
  readonly decide: (sign: Sign) => void;
  readonly decided: Promise<unknown>;
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
      handleWhenResult((sign) => sign !== 'well'),
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

  /** A send begins, when `admits()` is true at this very moment. Answers undefined for all but a trial; both go back into `end`. */
  begin(): Trial | undefined {
    if (this.#policy === undefined || this.state === 'closed') return undefined;
    let decide: Trial['decide'] = () => undefined;
    const sign = new Promise<Sign>((resolve) => (decide = resolve));
    return { decide, decided: this.#policy.execute(() => sign) };
  }

  /**
   * A send has ended. Where that may change the state, answers a promise for when it has: nobody should be let through before.
   * @param error what it failed with; undefined for an answer
   * @param tookMs time since it began, milliseconds
   */
  end(trial: Trial | undefined, error: unknown, tookMs: number): Promise<unknown> | undefined {
    const sign = error === undefined ? 'well' : this.#signOf(error, tookMs);
    trial?.decide(sign);
    if (trial !== undefined) return trial.decided;
    // The policy hears of failures, and of the first success after one: nothing else could change its state. Nor what began before it was opened.
    if (sign === 'nothing' || (sign === 'well' && !this.#hasCounted) || this.state !== 'closed') return undefined;
    this.#hasCounted = sign === 'ill';
    return this.#policy?.execute(() => sign);
  }

  /** Only failures of the backend or of the way to it are signs of illness. An answer, and be it a refusal, is a sign of life. */
  #signOf(error: unknown, tookMs: number): Sign {
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
        const nothing = 'value' in result && result.value === 'nothing';
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
