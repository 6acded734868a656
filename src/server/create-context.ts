import type { IncomingMessage } from 'node:http';
import type { BackendConnection } from '../backends/backend.ts';
import type { Config } from '../config.ts';
import type { BackendClients, RequestContext } from '../request-context.ts';
import { credentialUses } from './credential-use.ts';
import type { CallOfClient } from './graphql-endpoint.ts';

/** W3C Trace Context, version 00: ids of zeros are invalid by its definition. */
const TRACEPARENT = /^00-((?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Makes the context of each request: its deadline, its clients with fresh loaders, what must not stand in its answer. */
export function contextFactory(
  config: Config,
  connections: Readonly<Record<string, BackendConnection>>,
  secretWords: () => readonly string[],
): (request: IncomingMessage, call: CallOfClient) => RequestContext {
  const entries = Object.entries(connections);
  const addresses = entries.flatMap(([, connection]) => connection.addresses);
  const usesOf = credentialUses(connections);
  let words: readonly string[] | undefined;
  let configured = addresses;
  const credentialHeaders = entries.flatMap(([, connection]) => connection.credentialHeaders);

  return (request, { correlationId, caller, timeoutMs, cancellation }) => {
    const { headers } = request;
    const header = (name: string) => {
      const value = headers[name];
      if (typeof value !== 'string' || value === '') return undefined;
      // Sent twice, it arrives as one value joined by a comma; which of the two was meant nobody can say.
      return request.headersDistinct[name]?.length === 1 ? value : undefined;
    };
    if (words !== secretWords()) {
      words = secretWords();
      configured = [...words, ...addresses];
    }
    const traceparent = header('traceparent');
    const traceId = TRACEPARENT.exec(traceparent ?? '')?.[1];
    const scope = {
      deadline: performance.now() + timeoutMs,
      cancellation,
      traceparent: traceId === undefined ? undefined : traceparent,
      header,
    };
    const clients: Record<string, unknown> = {};
    for (const [name, connection] of entries) clients[name] = connection.forRequest(scope);
    const own: string[] = [];
    for (const name of credentialHeaders) {
      const value = header(name);
      if (value !== undefined) own.push(value);
    }
    return {
      correlationId,
      cancellation,
      caller,
      traceId,
      credentials: () => usesOf(header),
      // The connections were opened from the very list whose types BackendClients is made of.
      backends: clients as BackendClients,
      limits: config.limits,
      sensitive: own.length === 0 ? configured : [...configured, ...own],
    };
  };
}
