import { buildSubgraphSchema } from '@apollo/subgraph';
import { addResolversToSchema } from '@graphql-tools/schema';
import { isScalarType, parse, type GraphQLSchema } from 'graphql';
import type { Resolvers } from '../generated/resolver-types.ts';
import type { AuditLog } from './audit-log.ts';
import { auditWrites } from './audit-writes.ts';
import { guardEntities, type ReferenceResolver, type ReferenceResolvers } from './entities-guard.ts';

export interface SchemaOptions {
  readonly sdl: string;
  readonly resolvers: Resolvers;
  readonly maxRepresentations: number;
  readonly recordWrite: AuditLog;
}

type ResolverMap = Record<string, unknown>;

/**
 * The executable subgraph schema. The only place that knows how federation is wired.
 * @throws Error when a resolver matches nothing in the SDL
 */
export function createSchema({ sdl, resolvers, maxRepresentations, recordWrite }: SchemaOptions): GraphQLSchema {
  const { references, rest } = splitReferenceResolvers(resolvers);
  const base = buildSubgraphSchema([{ typeDefs: parse(sdl) }]);
  // By graphql-tools, which refuses resolvers that match nothing; @apollo/subgraph accepts them in silence.
  const schema = addResolversToSchema({
    schema: base,
    resolvers: rest,
    resolverValidationOptions: {
      requireResolversToMatchSchema: 'error',
      requireResolversForResolveType: 'error',
    },
  });
  keepScalarDescriptions(base, schema);
  guardEntities(schema, references, maxRepresentations);
  // Last, so that it lies around everything else.
  auditWrites(schema, recordWrite);
  return schema;
}

/** A scalar's resolver replaces the whole type in the step above, and the description of the SDL with it. */
function keepScalarDescriptions(from: GraphQLSchema, to: GraphQLSchema): void {
  for (const { name, description } of Object.values(from.getTypeMap())) {
    const type = to.getType(name);
    if (isScalarType(type)) type.description = description;
  }
}

function splitReferenceResolvers(resolvers: Resolvers): {
  readonly references: ReferenceResolvers;
  readonly rest: Record<string, ResolverMap>;
} {
  const references: Record<string, ReferenceResolvers[string]> = {};
  const rest: Record<string, ResolverMap> = {};
  for (const [typeName, typeResolvers] of Object.entries<ResolverMap>(resolvers as Record<string, ResolverMap>)) {
    const { __resolveReference, ...fields } = typeResolvers;
    if (typeof __resolveReference === 'function') {
      references[typeName] = { __resolveReference: __resolveReference as ReferenceResolver };
      rest[typeName] = fields;
    } else {
      rest[typeName] = typeResolvers;
    }
  }
  return { references, rest };
}
