import type { ServerResponse } from 'node:http';
import type { Cancellation } from '../backends/backend.ts';

/**
 * Whether the client of one request has gone away before its whole answer was written. Not an AbortSignal: making one costs more than
 * all else that is made for a request (4.5 microseconds on Node 20, against 0.05 for a Set's entry).
 */
export class ClientDeparture implements Cancellation {
  #isCancelled = false;
  /** Made when somebody wants to be told. */
  #listeners: Set<() => void> | undefined;

  constructor(response: ServerResponse) {
    response.on('close', () => {
      if (!response.writableFinished) this.#cancel();
    });
  }

  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  subscribe(listener: () => void): void {
    this.#listeners ??= new Set();
    this.#listeners.add(listener);
  }

  unsubscribe(listener: () => void): void {
    this.#listeners?.delete(listener);
  }

  #cancel(): void {
    this.#isCancelled = true;
    // A listener takes itself away; the next one may have been taken away by it.
    for (const listener of this.#listeners ?? []) listener();
    this.#listeners?.clear();
  }
}
