import { Server as NetServer } from 'node:net';
import type { Server } from 'node:http';

/**
 * How long connections without a request stay open after the server stopped accepting new ones, milliseconds, and how often it is looked
 * for them after that. A request that is already on its way on one of them is still answered instead of being cut off.
 */
const IDLE_GRACE_MS = 250;
/**
 * How long after the last operation must have ended its answer may still be on its way to a slow client, milliseconds. Together with
 * the default time of an operation this stays below the 30 s that orchestrators commonly wait before they kill.
 */
const WRITE_GRACE_MS = 3_000;

/**
 * Stops accepting connections and resolves when every request that had been accepted is done with, or its time is over.
 * @param activeRequests how many requests are being worked on right now, those whose client has left included
 */
export function drain(server: Server, activeRequests: () => number, operationTimeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    let open = true;
    const finish = () => {
      clearInterval(look);
      clearTimeout(force);
      resolve();
    };
    const look = setInterval(() => {
      if (!open && activeRequests() === 0) return finish();
      server.closeIdleConnections();
      // What is left then has sent nothing, or only part of a request's head.
      if (activeRequests() === 0) server.closeAllConnections();
    }, IDLE_GRACE_MS);
    const force = setTimeout(() => {
      server.closeAllConnections();
      finish();
    }, operationTimeoutMs + WRITE_GRACE_MS);
    // Not http's own close(): that would cut idle connections at once.
    NetServer.prototype.close.call(server, () => {
      open = false;
      if (activeRequests() === 0) finish();
    });
  });
}
