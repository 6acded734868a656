import type { ServerResponse } from 'node:http';
import type { Cancellation } from '../backends/backend.ts';

/**
 * Whether the client of one request has gone away before its whole answer was written. Not an AbortSignal: making one costs more than
 * all else that is made for a request (4.5 microseconds on Node 20).
 */
export class ClientDeparture implements Cancellation {
  #isCancelled = false;
  /** Made when somebody wants to be told. */
  #listeners: (() => void)[] | undefined;

  constructor(response: ServerResponse) {
    response.on('close', () => {
      if (!response.writableFinished) this.#cancel();
    });
  }

  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  subscribe(listener: () => void): void {
    this.#listeners ??= [];
    this.#listeners.push(listener);
  }

  unsubscribe(listener: () => void): void {
    const index = this.#listeners?.indexOf(listener) ?? -1;
    if (index !== -1) this.#listeners?.splice(index, 1);
  }

  #cancel(): void {
    this.#isCancelled = true;
    // A listener takes itself away, and perhaps others that were to follow.
    for (let next = this.#listeners?.shift(); next !== undefined; next = this.#listeners?.shift()) next();
  }
}
