import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Config } from '../config.ts';
import type { RequestContext } from '../request-context.ts';
import { formatRefusal } from '../results/format-errors.ts';
import type { DocumentCache } from './document-cache.ts';
import { limitDocuments } from './document-limits.ts';
import { operationKinds } from './operation-kinds.ts';
import type { Log } from './log.ts';

/** Most faults of variables that are reported at once. */
const MAX_COERCION_ERRORS = 10;

/** The GraphQL engine: parses, validates, executes. It does not listen. */
export async function createApollo(
  schema: GraphQLSchema,
  config: Config,
  operations: ApolloServerPlugin<RequestContext>,
  documents: DocumentCache,
  log: Log,
): Promise<ApolloServer<RequestContext>> {
  const plugins: ApolloServerPlugin<RequestContext>[] = [
    operations,
    config.explorer ? await explorer() : ApolloServerPluginLandingPageDisabled(),
    // Wraps every field of the schema, and this service gives no cache hints.
    ApolloServerPluginCacheControlDisabled(),
    // Both would send data to a third party when the environment happens to hold its key.
    ApolloServerPluginUsageReportingDisabled(),
    ApolloServerPluginSchemaReportingDisabled(),
  ];
  return new ApolloServer<RequestContext>({
    schema,
    plugins,
    logger: log,
    introspection: config.introspection,
    // Suggestions are taken out where errors are formatted: Apollo Server's own pattern for it takes quadratic time.
    hideSchemaDetailsFromClientErrors: false,
    // Each of these errors repeats the whole variable, so a large one would be written out as often.
    executionOptions: { maxCoercionErrors: MAX_COERCION_ERRORS },
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    documentStore: documents,
    parseOptions: { maxLexicalTokens: config.limits.tokens },
    validationRules: [operationKinds, limitDocuments(config.limits)],
    // Requests refused before they are operations. What an operation answers is formatted at its end, by its report.
    formatError: (formatted): GraphQLFormattedError => formatRefusal(formatted),
    stopOnTerminationSignals: false,
  });
}

/** Loaded only where there is to be one. */
async function explorer(): Promise<ApolloServerPlugin<RequestContext>> {
  const { ApolloServerPluginLandingPageLocalDefault } = await import('@apollo/server/plugin/landingPage/default');
  return ApolloServerPluginLandingPageLocalDefault({ footer: false });
}
