import type { GraphQLSchema } from 'graphql';
import { resolvers } from '../../src/operations/index.ts';
import { readSchemaFiles } from '../../src/schema-files.ts';
import { createSchema } from '../../src/server/schema.ts';

/** The service's schema, executable. */
export function graphqlSchema(): GraphQLSchema {
  return createSchema({
    sdl: readSchemaFiles(),
    resolvers,
    maxRepresentations: 1_000,
    recordWrite: () => Promise.resolve(),
  });
}
