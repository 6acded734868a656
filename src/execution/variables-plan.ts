import {
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  typeFromAST,
  valueFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

/** The values of an operation's variables as its resolvers get them, or undefined when one is at fault: graphql-js says which, and why. */
export type VariablesPlan = (given: Readonly<Record<string, unknown>>) => Record<string, unknown> | undefined;

type Coerce = (value: unknown) => unknown;

/** Never seen by anybody: it only stops the coercion. */
class Misfit extends Error {}

/**
 * What graphql-js's `getVariableValues` does, with every type looked up beforehand and no path kept for the sake of error messages.
 * Undefined when there is a variable that only graphql-js can handle.
 */
export function planVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): VariablesPlan | undefined {
  const known = new Map<GraphQLInputType, Coerce>();
  const variables: VariablePlan[] = [];
  for (const { variable, type: typeNode, defaultValue } of variableDefinitions) {
    const name = variable.name.value;
    const type = typeFromAST(schema, typeNode);
    if (!isInputType(type) || name === '__proto__') return undefined;
    const coerce = coerceTo(type, known);
    // Made anew each time, so that no request can change what the next one gets.
    const preset = defaultValue && (() => valueFromAST(defaultValue, type));
    variables.push({ name, coerce, preset, required: isNonNullType(type) });
  }
  return (given) => {
    try {
      return valuesOf(variables, given);
    } catch {
      return undefined;
    }
  };
}

interface VariablePlan {
  readonly name: string;
  readonly coerce: Coerce;
  /** Its default, where it has one. */
  readonly preset: (() => unknown) | undefined;
  readonly required: boolean;
}

function valuesOf(plans: readonly VariablePlan[], given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { name, coerce, preset, required } of plans) {
    if (Object.hasOwn(given, name)) values[name] = coerce(given[name]);
    else if (preset !== undefined) values[name] = preset();
    else if (required) throw new Misfit();
  }
  return values;
}

function coerceTo(type: GraphQLInputType, known: Map<GraphQLInputType, Coerce>): Coerce {
  // Input types may contain themselves, so the one that is being made is known already.
  const made = known.get(type);
  if (made !== undefined) return made;
  known.set(type, (value) => coerce(value));
  const coerce = make(type, known);
  known.set(type, coerce);
  return coerce;
}

function make(type: GraphQLInputType, known: Map<GraphQLInputType, Coerce>): Coerce {
  if (isNonNullType(type)) {
    const coerce = coerceTo(type.ofType, known);
    return (value) => {
      if (value === null || value === undefined) throw new Misfit();
      return coerce(value);
    };
  }
  if (isListType(type)) {
    const coerce = coerceTo(type.ofType, known);
    return orNull((value) => (Array.isArray(value) ? value.map(coerce) : [coerce(value)]));
  }
  if (!isInputObjectType(type)) {
    return orNull((value) => {
      const parsed: unknown = type.parseValue(value);
      if (parsed === undefined) throw new Misfit();
      return parsed;
    });
  }
  const fields = Object.values(type.getFields()).map(({ name, type: fieldType, defaultValue }) => ({
    name,
    coerce: coerceTo(fieldType, known),
    preset: defaultValue,
    required: isNonNullType(fieldType) && defaultValue === undefined,
  }));
  const names = new Set(fields.map(({ name }) => name));
  return orNull((value) => {
    if (!isRecord(value)) throw new Misfit();
    for (const name of Object.keys(value)) if (!names.has(name)) throw new Misfit();
    const values: Record<string, unknown> = {};
    for (const { name, coerce, preset, required } of fields) {
      const fieldValue = value[name];
      if (fieldValue !== undefined) values[name] = coerce(fieldValue);
      else if (required) throw new Misfit();
      else if (preset !== undefined) values[name] = preset;
    }
    if (type.isOneOf) assertOne(values);
    return values;
  });
}

function orNull(coerce: Coerce): Coerce {
  return (value) => (value === null || value === undefined ? null : coerce(value));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function assertOne(values: Readonly<Record<string, unknown>>): void {
  const [only, ...others] = Object.values(values);
  if (only === undefined || only === null || others.length > 0) throw new Misfit();
}
