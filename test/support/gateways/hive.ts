import { once } from 'node:events';
import { createServer } from 'node:http';
import { createGatewayRuntime, type GatewayConfigSupergraph } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { FORWARDED_HEADERS, routeTo, supergraphOf, type Gateway } from './gateway.ts';

type Settings = Omit<GatewayConfigSupergraph, 'supergraph'>;

/** What README recommends for Hive Gateway; the settings that its defaults lack. */
const recommended: Settings = {
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) =>
      Object.fromEntries(
        FORWARDED_HEADERS.flatMap((name) => {
          const value = request.headers.get(name);
          return value === null ? [] : [[name, value]];
        }),
      ),
  },
};

function hiveGateway(name: string, planner: Settings): Gateway {
  return {
    name,
    async start(subgraphs, configuration) {
      const gateway = createGatewayRuntime({
        supergraph: supergraphOf(subgraphs),
        logging: false,
        ...planner,
        ...(configuration === 'recommended' && recommended),
      });
      const server = createServer((request, response) => void gateway(request, response));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      if (typeof address !== 'object' || address === null) throw new Error('the gateway does not listen');
      return routeTo(`http://127.0.0.1:${address.port}`, async () => {
        server.close();
        server.closeAllConnections();
        await gateway[Symbol.asyncDispose]();
      });
    },
  };
}

/** Hive Gateway as it plans by default: by stitching, in JavaScript. */
export const hive = hiveGateway('Hive Gateway', {});

/** Hive Gateway with the query planner of Hive Router, which is written in Rust. */
export const hiveRustPlanner = hiveGateway('Hive Gateway, Rust planner', { unifiedGraphHandler });
