import { vi } from 'vitest';
import { entriesOf } from './log-entries.ts';
import { openRawConnection, rawRequest } from './raw-connection.ts';
import type { World } from './world.ts';

/** A client that has sent an operation and goes away before its answer. */
export interface LeavingClient {
  /** Goes away; settles when the service has noticed. */
  leave(): Promise<void>;
  /** Settles with the log line of the operation. */
  logged(): Promise<Readonly<Record<string, unknown>>>;
}

let count = 0;

/** Sends an operation over a connection of its own. */
export async function sendAndLeave(
  world: World,
  query: string,
  variables: object = {},
  headers: Record<string, string> = {},
): Promise<LeavingClient> {
  count += 1;
  const correlationId = `leaving-${count}`;
  const connection = await openRawConnection(world.url);
  const all = { 'content-type': 'application/json', 'x-correlation-id': correlationId, ...headers };
  connection.write(rawRequest('POST', '/graphql', all, JSON.stringify({ query, variables })));
  return {
    async leave() {
      connection.destroy();
      await connection.closed;
      // A whole exchange with the server after the end of that connection: it has seen that end before.
      await (await fetch(`${world.url}/healthz`)).text();
    },
    logged: () =>
      vi.waitFor(
        () => {
          const line = entriesOf(world.logLines, 'operation').find((entry) => entry['correlationId'] === correlationId);
          if (line === undefined) throw new Error('the operation has not ended yet');
          return line;
        },
        { timeout: 10_000, interval: 5 },
      ),
  };
}
