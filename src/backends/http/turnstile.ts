import { Line, type Place } from './line.ts';

/** Somebody who waits to be let in. */
export interface Waiter {
  /** Where it waits, undefined while it does not. Set by the turnstile. */
  place: Place<Waiter> | undefined;
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
  readonly #line = new Line<Waiter>();

  constructor(width: number, room: number) {
    this.#width = width;
    this.#room = room;
  }

  get inside(): number {
    return this.#inside;
  }

  /** How many more would enter at once. */
  get free(): number {
    return Math.max(0, this.#width - this.#inside - this.#line.length);
  }

  get waiting(): number {
    return this.#line.length;
  }

  /** Has the waiter enter, now or when its turn comes; answers false when too many wait already. */
  admit(waiter: Waiter): boolean {
    if (this.#inside < this.#width) {
      this.#inside += 1;
      if (!waiter.enter()) this.leave();
      return true;
    }
    if (this.#line.length >= this.#room) return false;
    waiter.place = this.#line.join(waiter);
    return true;
  }

  /** It does not want to enter any more. */
  forget(waiter: Waiter): void {
    if (waiter.place === undefined) return;
    this.#line.leave(waiter.place);
    waiter.place = undefined;
  }

  /** Makes room for whoever waits longest. */
  leave(): void {
    for (let next = this.#line.first; next !== undefined; next = this.#line.first) {
      this.forget(next.who);
      if (next.who.enter()) return;
    }
    this.#inside -= 1;
  }
}
