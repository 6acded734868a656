import type { Cancellation } from '../backend.ts';

/** How waiting for room ended: `in`, or not at all because time was over, nobody wanted it any more, or too many waited already. */
export type Admission = 'in' | 'late' | 'cancelled' | 'full';

/**
 * Lets at most `width` through at a time, in order of arrival, and at most `room` wait. The pool's number of connections is no such
 * limit: after a failed connect it opens new ones beside those that still try. Nor is cockatiel's bulkhead (tried with 3.2.1): it has
 * no deadline, and an entry that was cancelled keeps its place in the queue, and what it holds in memory, until its turn comes.
 */
export class Turnstile {
  readonly #width: number;
  readonly #room: number;
  #inside = 0;
  readonly #queue = new Set<() => void>();

  constructor(width: number, room: number) {
    this.#width = width;
    this.#room = room;
  }

  get inside(): number {
    return this.#inside;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /** Resolves to `in` when there is room within `patienceMs`. That has to be followed by `leave`; nothing else does. */
  enter(patienceMs: number, cancellation: Cancellation): Admission | Promise<Admission> {
    if (this.#inside < this.#width) {
      this.#inside += 1;
      return 'in';
    }
    if (this.#queue.size >= this.#room) return 'full';
    return new Promise((resolve) => {
      const settle = (admission: Admission) => {
        clearTimeout(timer);
        cancellation.unsubscribe(cancel);
        this.#queue.delete(enter);
        resolve(admission);
      };
      const enter = () => settle('in');
      const cancel = () => settle('cancelled');
      const timer = setTimeout(() => settle('late'), patienceMs);
      cancellation.subscribe(cancel);
      this.#queue.add(enter);
    });
  }

  /** Makes room for whoever waits longest. */
  leave(): void {
    for (const enter of this.#queue) return enter();
    this.#inside -= 1;
  }
}
