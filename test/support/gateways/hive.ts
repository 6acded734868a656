import { once } from 'node:events';
import { createServer } from 'node:http';
import { createGatewayRuntime, type GatewayConfigSupergraph } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { configFor } from '../../../federation/routers/hive-gateway.config.ts';
import { routeTo, supergraphOf, type Gateway, type Particulars } from './gateway.ts';

type Settings = Omit<GatewayConfigSupergraph, 'supergraph'>;

/** The recommended settings, with what the test puts in. */
function recommended({ routerSecret, subgraphTimeoutMs }: Particulars): Settings {
  return {
    ...configFor({ INCIDENTS_ROUTER_SECRET: routerSecret }),
    ...(subgraphTimeoutMs !== undefined && { upstreamTimeout: subgraphTimeoutMs }),
  };
}

/** Hive Gateway with settings beside its defaults, which the recommended ones go over. */
export function hiveGateway(name: string, settings: Settings): Gateway {
  return {
    name,
    async start(subgraphs, configuration, particulars = {}) {
      const gateway = createGatewayRuntime({
        supergraph: supergraphOf(subgraphs),
        logging: false,
        ...settings,
        ...(configuration === 'recommended' && recommended(particulars)),
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
