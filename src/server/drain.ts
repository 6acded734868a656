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
 * How long it goes on accepting what had connected before, milliseconds, which takes longer than a moment only in a very busy process.
 * Otherwise a stream of new clients would keep the port open. An operation that begins at its end still has its whole time.
 */
const ACCEPT_GRACE_MS = WRITE_GRACE_MS;

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
    const closeIdle = () => {
      if (!open && activeRequests() === 0) return finish();
      server.closeIdleConnections();
      // What is left then has sent nothing, or only part of a request's head.
      if (activeRequests() === 0) server.closeAllConnections();
    };
    // Not in the timer itself: in a busy process it is late and runs before sockets are read, and what had arrived on one that looks
    // idle would be cut off unread. Between the timer and the immediate everything is read that is there.
    const look = setInterval(() => setImmediate(closeIdle), IDLE_GRACE_MS);
    const force = setTimeout(() => {
      server.closeAllConnections();
      finish();
    }, operationTimeoutMs + WRITE_GRACE_MS);
    whenAllAccepted(server, () => {
      // Not http's own close(): that would cut idle connections at once.
      NetServer.prototype.close.call(server, () => {
        open = false;
        if (activeRequests() === 0) finish();
      });
    });
  });
}

/**
 * Calls back once nobody waits to be accepted. For a client a connection is open as soon as the system has it, and its request may be out;
 * a process accepts one in each turn of its loop, and closing the port resets all that still wait.
 */
function whenAllAccepted(server: Server, done: () => void): void {
  const end = performance.now() + ACCEPT_GRACE_MS;
  let quietTurns = 0;
  const onConnection = () => (quietTurns = 0);
  const turn = () => {
    quietTurns += 1;
    // The first turn may have begun after the loop looked for connections; a second one certainly looks.
    if (quietTurns <= 2 && performance.now() < end) return void setImmediate(turn);
    server.off('connection', onConnection);
    done();
  };
  server.on('connection', onConnection);
  setImmediate(turn);
}
