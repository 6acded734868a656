import type { Cancellation } from '../../src/backends/backend.ts';

/** A client that never goes away, for tests that make a request's scope themselves. */
export const stayingClient: Cancellation = {
  isCancelled: false,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
};
