import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import type { Maybe } from '../generated/resolver-types.ts';

/**
 * Input passes these scalars unjudged: `validation/` refuses what does not fit, as a failed field under HTTP 200 with its path and
 * code. A fault found here would be a failed request under HTTP 400, which routers count as an outage of the subgraph.
 * Output is judged where the backend's record is read, so it is left as it is, which is what a scalar without `serialize` does.
 */
export const DateTime = new GraphQLScalarType({
  name: 'DateTime',
  parseValue: (value) => value,
  parseLiteral: valueOfLiteral,
});

export const JSONObject = new GraphQLScalarType({
  name: 'JSONObject',
  parseValue: (value) => value,
  parseLiteral: valueOfLiteral,
});

type Variables = Maybe<Record<string, unknown>>;

/**
 * The JSON value of a literal. A variable that was not provided leaves its key out of an object and counts as null in a list, as in
 * every GraphQL input. Objects get no prototype, so that a key such as `__proto__` is a key like any other.
 */
function valueOfLiteral(node: ValueNode, variables?: Variables): unknown {
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.LIST:
      return node.values.map((item) => valueOfLiteral(item, variables) ?? null);
    case Kind.OBJECT:
      return objectOfLiteral(node.fields, variables);
    case Kind.VARIABLE:
      return variables?.[node.name.value];
    default:
      return node.value;
  }
}

function objectOfLiteral(
  fields: readonly { readonly name: { readonly value: string }; readonly value: ValueNode }[],
  variables: Variables | undefined,
): unknown {
  const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const field of fields) {
    const value = valueOfLiteral(field.value, variables);
    if (value !== undefined) object[field.name.value] = value;
  }
  return object;
}
