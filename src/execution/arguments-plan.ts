import { getArgumentValues, Kind, type FieldNode, type GraphQLField } from 'graphql';

/** The arguments of a field as its resolver gets them. @throws GraphQLError as graphql-js does */
export type ArgumentsPlan = (variableValues: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/**
 * What graphql-js's `getArgumentValues` does, with the document looked at once where every argument is a variable. Defaults, literals and
 * faults stay its business.
 */
export function planArguments(definition: GraphQLField<unknown, unknown>, node: FieldNode | undefined): ArgumentsPlan {
  const { args } = definition;
  if (node === undefined || args.length === 0) return () => ({});
  const byLibrary: ArgumentsPlan = (variableValues) => getArgumentValues(definition, node, variableValues);
  const variables: { readonly argument: string; readonly variable: string }[] = [];
  for (const { name: argument } of args) {
    const given = node.arguments?.find(({ name }) => name.value === argument)?.value;
    if (given?.kind !== Kind.VARIABLE) return byLibrary;
    variables.push({ argument, variable: given.name.value });
  }
  return (variableValues) => {
    const values: Record<string, unknown> = {};
    for (const { argument, variable } of variables) {
      const value = Object.hasOwn(variableValues, variable) ? variableValues[variable] : undefined;
      if (value === undefined || value === null) return byLibrary(variableValues);
      values[argument] = value;
    }
    return values;
  };
}
