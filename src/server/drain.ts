import { Server as NetServer } from 'node:net';
import type { Server } from 'node:http';

/**
 * How long idle keep-alive connections stay open after the server stopped accepting new ones, milliseconds. A request that is already
 * on its way on one of them is still answered (with `connection: close`) instead of being cut off.
 */
const IDLE_GRACE_MS = 250;
/** How long after the last operation must have ended its answer may still be on its way to a slow client, milliseconds. */
const WRITE_GRACE_MS = 5_000;

/** Stops accepting connections and resolves when every request that had been accepted is answered, or its time is over. */
export function drain(server: Server, operationTimeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const idle = setTimeout(() => server.closeIdleConnections(), IDLE_GRACE_MS);
    const force = setTimeout(() => server.closeAllConnections(), operationTimeoutMs + WRITE_GRACE_MS);
    const done = () => {
      clearTimeout(idle);
      clearTimeout(force);
      resolve();
    };
    if (!server.listening) return done();
    // Not http's own close(): that would cut idle connections at once.
    NetServer.prototype.close.call(server, done);
    return undefined;
  });
}
