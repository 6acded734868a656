/** Somebody who waits to get in. */
interface Waiting {
  readonly enter: () => void;
}

/**
 * Lets at most `width` through at a time, in order of arrival. The pool's number of connections is no such limit: after a failed connect
 * it opens new ones beside those that still try.
 */
export class Turnstile {
  #free: number;
  readonly #queue = new Set<Waiting>();

  constructor(width: number) {
    this.#free = width;
  }

  /** Resolves to true when there is room, to false when there was none within `patienceMs`. True has to be followed by `leave`. */
  enter(patienceMs: number): Promise<boolean> | true {
    if (this.#free > 0) {
      this.#free -= 1;
      return true;
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#queue.delete(waiting);
        resolve(false);
      }, patienceMs);
      const waiting: Waiting = {
        enter: () => {
          clearTimeout(timer);
          resolve(true);
        },
      };
      this.#queue.add(waiting);
    });
  }

  /** Makes room for whoever waits longest. */
  leave(): void {
    for (const waiting of this.#queue) {
      this.#queue.delete(waiting);
      waiting.enter();
      return;
    }
    this.#free += 1;
  }
}
