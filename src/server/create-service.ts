import type { AddressInfo } from 'node:net';
import type { DestinationStream } from 'pino';
import type { Config } from '../config.ts';
import { resolvers } from '../operations/index.ts';
import { readSchemaFiles } from '../schema-files.ts';
import { createApollo } from './create-apollo.ts';
import { contextFactory } from './create-context.ts';
import { drain } from './drain.ts';
import { createGraphQLEndpoint } from './graphql-endpoint.ts';
import { createHttpServer } from './http-server.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createReadiness } from './readiness.ts';
import { createRouterCheck } from './router-secret.ts';
import { createSchema } from './schema.ts';

export interface Service {
  readonly log: Log;
  /** Starts to listen. Answers the address to reach the service at, with the port really taken. */
  listen(): Promise<{ readonly url: string }>;
  /** Stops accepting, finishes what was accepted, closes every connection. May be called more than once. */
  close(): Promise<void>;
}

/** The whole service from its settings. Connects to no backend before the first request needs it. */
export async function createService(config: Config, logDestination?: DestinationStream): Promise<Service> {
  const metrics = createMetrics();
  const connections = config.connect({ observe: metrics.observeCall });
  metrics.watch(connections);
  const secrets = [...config.routerSecrets, ...Object.values(connections).flatMap(({ secrets }) => secrets)];
  const log = createLog({ level: config.logLevel, secrets, destination: logDestination });
  const schema = createSchema({
    sdl: readSchemaFiles(),
    resolvers,
    maxRepresentations: config.limits.representations,
  });
  const apollo = createApollo(schema, config, log, metrics);
  await apollo.start();
  if (config.routerSecrets.length === 0) log.warn('no ROUTER_SECRET is in force: whoever reaches this port may call');

  let closing: Promise<void> | undefined;
  const isDraining = () => closing !== undefined;
  const graphql = createGraphQLEndpoint({
    apollo,
    maxBodyBytes: config.limits.bodyBytes,
    operationTimeoutMs: config.operationTimeoutMs,
    isAllowed: createRouterCheck(config.routerSecrets),
    createContext: contextFactory(config, connections),
    onRefusal: (refusal) => {
      metrics.refusal(refusal.code);
      log.warn(refusal, 'request refused');
    },
  });
  const readiness = createReadiness(connections, isDraining);
  const { server, activeRequests } = createHttpServer({ graphql, readiness, metrics, isDraining, log });

  async function shutDown(): Promise<void> {
    if (server.listening) await drain(server, activeRequests, config.operationTimeoutMs);
    await apollo.stop();
    await Promise.all(Object.values(connections).map((connection) => connection.close()));
  }

  return {
    log,
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(config.port, config.host, () => {
          server.off('error', reject);
          resolve({ url: urlOf(server.address()) });
        });
      }),
    close: () => (closing ??= shutDown()),
  };
}

function urlOf(address: string | AddressInfo | null): string {
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  const everywhere = address.address === '0.0.0.0' || address.address === '::';
  const host = everywhere ? 'localhost' : address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
