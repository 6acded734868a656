import { buildSubgraphSchema } from '@apollo/subgraph';
import { addResolversToSchema } from '@graphql-tools/schema';
import { isObjectType, isScalarType, isUnionType, parse, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { Resolvers } from '../generated/resolver-types.ts';
import type { RequestContext } from '../request-context.ts';

export interface SchemaOptions {
  readonly sdl: string;
  readonly resolvers: Resolvers;
  readonly maxRepresentations: number;
}

type ResolverMap = Record<string, unknown>;

/**
 * The executable subgraph schema. The only place that knows how federation is wired.
 * @throws Error when a resolver matches nothing in the SDL
 */
export function createSchema({ sdl, resolvers, maxRepresentations }: SchemaOptions): GraphQLSchema {
  const { references, rest } = splitReferenceResolvers(resolvers);
  const base = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: references }]);
  // graphql-tools refuses resolvers that match nothing, which @apollo/subgraph accepts in silence; but it drops
  // __resolveReference, also in silence. So each gets the part it handles.
  const schema = addResolversToSchema({
    schema: base,
    resolvers: rest,
    resolverValidationOptions: {
      requireResolversToMatchSchema: 'error',
      requireResolversForResolveType: 'error',
    },
  });
  keepScalarDescriptions(base, schema);
  guardEntities(schema, maxRepresentations);
  return schema;
}

/** A scalar's resolver replaces the whole type in the step above, and the description of the SDL with it. */
function keepScalarDescriptions(from: GraphQLSchema, to: GraphQLSchema): void {
  for (const { name, description } of Object.values(from.getTypeMap())) {
    const type = to.getType(name);
    if (isScalarType(type)) type.description = description;
  }
}

function splitReferenceResolvers(resolvers: Resolvers) {
  const references: Record<string, { __resolveReference: GraphQLFieldResolver<unknown, RequestContext> }> = {};
  const rest: Record<string, ResolverMap> = {};
  for (const [typeName, typeResolvers] of Object.entries<ResolverMap>(resolvers as Record<string, ResolverMap>)) {
    const { __resolveReference, ...fields } = typeResolvers;
    if (typeof __resolveReference === 'function') {
      references[typeName] = {
        __resolveReference: __resolveReference as GraphQLFieldResolver<unknown, RequestContext>,
      };
      rest[typeName] = fields;
    } else {
      rest[typeName] = typeResolvers;
    }
  }
  return { references, rest };
}

/**
 * Puts two guards around `_entities`, whose representations come from outside unparsed: a cap on their number, and one resolution
 * each, so that a hostile one fails in its own place instead of taking its neighbours with it.
 */
function guardEntities(schema: GraphQLSchema, maxRepresentations: number): void {
  const field = schema.getQueryType()?.getFields()['_entities'];
  const resolveAll = field?.resolve;
  if (field === undefined || resolveAll === undefined) return;
  field.resolve = (source, args: { representations: readonly unknown[] }, context, info) => {
    const { representations } = args;
    if (representations.length > maxRepresentations) {
      throw refuse(`must not hold more than ${maxRepresentations} representations.`, 'TOO_MANY');
    }
    return representations.map((representation): unknown => {
      if (!isEntityReference(representation, schema)) {
        return refuse('must be an object whose __typename is an entity of this subgraph.', 'INVALID');
      }
      try {
        const [entity] = resolveAll(source, { representations: [representation] }, context, info) as unknown[];
        return entity;
      } catch (error) {
        // A reference resolver refused its key at once; as an element, the error stays in its place.
        return error;
      }
    });
  };
}

function isEntityReference(value: unknown, schema: GraphQLSchema): boolean {
  if (typeof value !== 'object' || value === null || !('__typename' in value)) return false;
  const entity = schema.getType('_Entity');
  const type = typeof value.__typename === 'string' ? schema.getType(value.__typename) : undefined;
  return isObjectType(type) && isUnionType(entity) && schema.isSubType(entity, type);
}

function refuse(message: string, code: string): InvalidInputError {
  return new InvalidInputError([{ path: ['representations'], code, message }]);
}
