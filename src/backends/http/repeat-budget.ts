/** How much of a repeat each call pays in: over time at most a fifth of all calls is sent again. */
const SHARE = 0.2;

/**
 * How many repeats a backend may still be asked for. A backend that is down would otherwise be hit three times as hard as it is used to.
 * No clock: whoever calls seldom repeats seldom.
 */
export class RepeatBudget {
  readonly #most: number;
  #left: number;

  /** @param reserve repeats that may come all at once, and most that are ever saved up */
  constructor(reserve: number) {
    this.#most = reserve;
    this.#left = reserve;
  }

  /** A call was made. */
  payIn(): void {
    this.#left = Math.min(this.#most, this.#left + SHARE);
  }

  /** Whether one more repeat is allowed; it is then taken to be made. */
  spend(): boolean {
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
