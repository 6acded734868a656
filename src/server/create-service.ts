import type { AddressInfo } from 'node:net';
import type { DestinationStream } from 'pino';
import type { BackendConnection } from '../backends/backend.ts';
import type { TokenCheck } from '../access/token-check.ts';
import type { Config } from '../config.ts';
import { createPlanner } from '../execution/planned-operation.ts';
import { resolvers } from '../operations/index.ts';
import { readSchemaFiles } from '../schema-files.ts';
import { createAdmission } from './admission.ts';
import { createAuditLog } from './audit-log.ts';
import { createApollo } from './create-apollo.ts';
import { createCors } from './cors.ts';
import { contextFactory } from './create-context.ts';
import { drain } from './drain.ts';
import { createAnswers } from './answers.ts';
import { createGraphQLEndpoint } from './graphql-endpoint.ts';
import { DocumentCache } from './document-cache.ts';
import { guardResolvers } from './guard-resolvers.ts';
import { createHttpServer } from './http-server.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createReadiness } from './readiness.ts';
import { operationPlugin } from './operation-plugin.ts';
import { createOperationReport } from './operation-report.ts';
import type { Refusal } from './refuse.ts';
import { createRouterCheck } from './router-secret.ts';
import { createSchema } from './schema.ts';
import { createSecretWatch } from './secret-watch.ts';
import { isWorker } from './workers.ts';

export interface Service {
  readonly log: Log;
  /** Every configured secret so far, for whoever writes elsewhere than to the log. */
  readonly secretWords: () => readonly string[];
  /** Starts to listen. Answers the address to reach the service at, with the port really taken. */
  listen(): Promise<{ readonly url: string }>;
  /** Stops accepting, finishes what was accepted, closes every connection. May be called more than once. */
  close(): Promise<void>;
}

export interface ServiceOptions {
  /** False: every operation goes the long way, through Apollo Server's HTTP handling and graphql-js. For tests that compare both ways. */
  readonly shortcuts: boolean;
}

/** The whole service from its settings. Connects to no backend before the first request needs it. */
export async function createService(
  config: Config,
  logDestination?: DestinationStream,
  { shortcuts }: ServiceOptions = { shortcuts: true },
): Promise<Service> {
  const metrics = createMetrics(isWorker);
  const connections = config.connect({ observe: metrics.observeCall, share: isWorker ? 1 / config.workers : 1 });
  metrics.watch(connections);
  const secrets = createSecretWatch([
    config.routerSecret,
    ...Object.values(connections).flatMap((connection) => connection.secrets),
  ]);
  const log = createLog({ config, secrets: secrets.words, destination: logDestination });
  // Made even where nobody asks for tokens, so that a resolver without a rule shows in every start.
  const guarded = guardResolvers(resolvers);
  const schema = createSchema({
    sdl: readSchemaFiles(),
    resolvers: config.tokens === undefined ? resolvers : guarded,
    maxRepresentations: config.limits.representations,
    recordWrite: createAuditLog(log),
  });
  const plan = shortcuts ? createPlanner(schema) : undefined;
  const documents = new DocumentCache();
  const report = createOperationReport({ log, metrics, suggestions: config.fieldSuggestions });
  const apollo = await createApollo(schema, config, operationPlugin({ log, report, plan, documents }), documents, log);
  await apollo.start();
  secrets.start(log, metrics);
  const tokens = await tokenCheck(config, log, metrics);
  if (config.routerSecret.current().length === 0 && tokens === undefined) {
    log.warn('neither ROUTER_SECRET nor JWT_JWKS_URL is in force: whoever reaches this port may call');
  }

  let closing: Promise<void> | undefined;
  const isDraining = () => closing !== undefined;
  const onRefusal = (refusal: Refusal) => {
    metrics.refusal(refusal.code);
    log.warn(refusal, 'request refused');
  };
  const graphql = createGraphQLEndpoint({
    answer: createAnswers({ apollo, documents, report, log, shortcuts }),
    maxBodyBytes: config.limits.bodyBytes,
    operationTimeoutMs: config.operationTimeoutMs,
    cors: corsOf(config, connections),
    admit: createAdmission({
      isRouter: createRouterCheck(config.routerSecret),
      identify: tokens?.identify,
      onRefusal,
    }),
    createContext: contextFactory(config, connections, secrets.words),
    onRefusal,
  });
  const readiness = createReadiness(connections, isDraining);
  const { server, activeRequests } = createHttpServer({ graphql, readiness, metrics, isDraining, log });

  async function shutDown(): Promise<void> {
    if (server.listening) await drain(server, activeRequests, config.operationTimeoutMs);
    secrets.stop();
    await apollo.stop();
    await Promise.all([...Object.values(connections), ...(tokens ? [tokens] : [])].map((open) => open.close()));
  }

  return {
    log,
    secretWords: secrets.words,
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(config.port, config.host, () => {
          server.off('error', reject);
          tokens?.prepare();
          resolve({ url: urlOf(server.address()) });
        });
      }),
    close: () => (closing ??= shutDown()),
  };
}

/** The check of tokens, when there is to be one. What happens to the issuer's keys is logged. */
async function tokenCheck({ tokens }: Config, log: Log, { observeCall }: Metrics): Promise<TokenCheck | undefined> {
  if (tokens === undefined) return undefined;
  // Loaded only where it is needed, and its library with it.
  const { createTokenCheck } = await import('../access/token-check.ts');
  const report = (reason: string | undefined) => {
    if (reason === undefined) log.debug('the keys of the token issuer were read');
    else log.warn({ reason }, 'the keys of the token issuer cannot be read');
  };
  return createTokenCheck(tokens, { observe: observeCall, report });
}

function corsOf({ corsOrigins, explorer }: Config, connections: Readonly<Record<string, BackendConnection>>) {
  if (corsOrigins.length === 0) return undefined;
  const credentialHeaders = Object.values(connections).flatMap((connection) => connection.credentialHeaders);
  return createCors({ origins: corsOrigins, credentialHeaders, explorer });
}

function urlOf(address: string | AddressInfo | null): string {
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  const everywhere = address.address === '0.0.0.0' || address.address === '::';
  const host = everywhere ? 'localhost' : address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
