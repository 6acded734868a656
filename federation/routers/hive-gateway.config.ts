// Hive Gateway (@graphql-hive/gateway-runtime 2.12.1). Run here: the tests start the gateway with these very settings.
// Use: `hive-gateway supergraph`, which reads `gatewayConfig` from a file called gateway.config.ts.
import type { GatewayConfigSupergraph, GatewayPlugin } from '@graphql-hive/gateway-runtime';

/** Name of this subgraph in the supergraph. */
const SUBGRAPH = 'incidents';

/**
 * What of an error's `extensions` a client gets. `upstream` is left out: it is for logs. `http` is the status that the gateway itself
 * asked for; it is taken out before the answer is written.
 */
const CLIENT_EXTENSIONS = ['code', 'retryable', 'outcome', 'issues', 'retryAfterMs', 'correlationId', 'http'];

const FORWARDED_HEADERS = [
  'x-correlation-id',
  'traceparent',
  // Milliseconds that the client still waits.
  'x-operation-timeout-ms',
  // Tokens that the service checks itself.
  'authorization',
  // The caller's own credentials, for AEGISTER_AUTH=forward and RADAR_AUTH=forward. Leave them out in `service` mode.
  'x-aegister-token',
  'pgrapikey',
  'pgr-user-id',
  'pgrselectedinstance',
];

/**
 * Keeps those of an error of this subgraph, which the gateway marks with `serviceName`. It comes last, because the error that
 * `upstreamTimeout` makes carries the address of the subgraph and the whole request, values included.
 */
const clientExtensions: GatewayPlugin = {
  onResultProcess({ result }) {
    for (const each of Array.isArray(result) ? result : [result]) {
      if (!('errors' in each)) continue;
      for (const error of each.errors ?? []) {
        if (error.extensions['serviceName'] !== SUBGRAPH) continue;
        const kept = Object.entries(error.extensions).filter(([key]) => CLIENT_EXTENSIONS.includes(key));
        Object.assign(error, { extensions: Object.fromEntries(kept) });
      }
    }
  },
};

/** The settings for an environment. `INCIDENTS_ROUTER_SECRET` is one of the values of the service's `ROUTER_SECRET`. */
export function configFor(
  environment: Readonly<Record<string, string | undefined>>,
): Omit<GatewayConfigSupergraph, 'supergraph'> {
  return {
    propagateHeaders: {
      fromClientToSubgraphs({ request, subgraphName }) {
        if (subgraphName !== SUBGRAPH) return;
        const headers = FORWARDED_HEADERS.map((name) => [name, request.headers.get(name)] as const);
        return { ...Object.fromEntries(headers), 'router-authorization': environment['INCIDENTS_ROUTER_SECRET'] };
      },
    },
    // Above OPERATION_TIMEOUT_MS of the service (25 s), so that the service answers first and its `outcome` is not lost.
    upstreamTimeout: ({ subgraphName }) => (subgraphName === SUBGRAPH ? 28_000 : undefined),
    // No `upstreamRetry`: it does not tell mutations from queries, and the service repeats by itself what may be repeated.
    plugins: () => [clientExtensions],
  };
}

export const gatewayConfig = configFor(process.env);
