/** Somebody who waits to be let in. */
export interface Waiter {
  /** Its turn has come. Answers whether it is inside now; if so, it calls `leave` later. */
  enter(): boolean;
}

/**
 * Lets at most `width` through at a time, in order of arrival, and at most `room` wait. The pool's number of connections is no such
 * limit: after a failed connect it opens new ones beside those that still try. Nor is cockatiel's bulkhead (tried with 3.2.1): an entry
 * that was cancelled keeps its place in the queue, and what it holds in memory, until its turn comes.
 */
export class Turnstile {
  readonly #width: number;
  readonly #room: number;
  #inside = 0;
  readonly #queue = new Set<Waiter>();

  constructor(width: number, room: number) {
    this.#width = width;
    this.#room = room;
  }

  get inside(): number {
    return this.#inside;
  }

  /** How many more would enter at once. */
  get free(): number {
    return Math.max(0, this.#width - this.#inside - this.#queue.size);
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /** Has the waiter enter, now or when its turn comes; answers false when too many wait already. */
  admit(waiter: Waiter): boolean {
    if (this.#inside < this.#width) {
      this.#inside += 1;
      if (!waiter.enter()) this.leave();
      return true;
    }
    if (this.#queue.size >= this.#room) return false;
    this.#queue.add(waiter);
    return true;
  }

  /** It does not want to enter any more. */
  forget(waiter: Waiter): void {
    this.#queue.delete(waiter);
  }

  /** Makes room for whoever waits longest. */
  leave(): void {
    for (const waiter of this.#queue) {
      this.#queue.delete(waiter);
      if (waiter.enter()) return;
    }
    this.#inside -= 1;
  }
}
