import { once } from 'node:events';
import { createServer } from 'node:http';
import { createGatewayRuntime, type GatewayConfigSupergraph } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import type { SubgraphName } from './subgraphs.ts';

/** What a client may send along that this service has a use for. */
const PASSED_ON = ['x-correlation-id', 'traceparent'];

export interface GatewayOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly supergraphSdl: string;
  /** GraphQL address of each subgraph, over the one in the supergraph. */
  readonly addresses: Readonly<Record<SubgraphName, string>>;
  /** What `incidents` knows its router by. */
  readonly routerSecret: string;
  readonly logging?: GatewayConfigSupergraph['logging'];
}

export interface Gateway {
  /** Origin; GraphQL is below it at `/graphql`. */
  readonly url: string;
  close(): Promise<void>;
}

/** A gateway that plans with the query planner of Hive Router and asks nobody but the subgraphs. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { host, port, supergraphSdl, addresses, routerSecret, logging = 'warn' } = options;
  const runtime = createGatewayRuntime({
    supergraph: supergraphSdl,
    unifiedGraphHandler,
    logging,
    transportEntries: Object.fromEntries(
      Object.entries(addresses).map(([name, location]) => [name, { kind: 'http', location }]),
    ),
    propagateHeaders: {
      fromClientToSubgraphs({ request, subgraphName }) {
        const headers: Record<string, string> = {};
        for (const name of PASSED_ON) {
          const value = request.headers.get(name);
          if (value !== null) headers[name] = value;
        }
        if (subgraphName === 'incidents') headers['router-authorization'] = routerSecret;
        return headers;
      },
    },
  });
  const server = createServer((request, response) => void runtime(request, response));
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gateway does not listen on a port');
  return {
    url: `http://${host}:${address.port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
      await runtime[Symbol.asyncDispose]();
    },
  };
}
