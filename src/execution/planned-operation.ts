import {
  isObjectType,
  Kind,
  OperationTypeNode,
  visit,
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { PlanRun } from './plan-run.ts';
import { planVariables } from './variables-plan.ts';
import { ObjectPlan, type FieldDefinition, type Resolver } from './selection-plan.ts';

/** Plans kept of one operation, one for each combination of its conditions. */
const MAX_PLANS = 16;

/** A document's operation, ready to be run any number of times. */
export interface PlannedOperation {
  /**
   * The answer, or undefined, before any resolver was called, when this request is one for graphql-js: its variables are at fault, and
   * graphql-js knows how to say so.
   */
  run(context: unknown, variables: Readonly<Record<string, unknown>> | undefined): Promise<ExecutionResult> | undefined;
}

/** Plans operations of validated documents; undefined for those that have to be left to graphql-js, one that is not in its document included. */
export type Planner = (
  document: DocumentNode,
  operation: OperationDefinitionNode | undefined,
) => PlannedOperation | undefined;

/**
 * Execution in two steps, instead of graphql-js's one, for operations that come again and again: what only depends on the document
 * (which fields, of which type, by which resolver) is found out once and kept as long as the document is. The second step,
 * `PlanRun`, is graphql-js's own algorithm over that plan, so both answer alike; `test/execution` compares them. No code is generated.
 *
 * The resolvers are taken from the schema now: Apollo Server wraps all of them when a federated trace is first asked for.
 */
export function createPlanner(schema: GraphQLSchema): Planner {
  const resolvers = new Map<FieldDefinition, Resolver>();
  let plannable = true;
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    if (type.isTypeOf) plannable = false;
    for (const field of Object.values(type.getFields())) if (field.resolve) resolvers.set(field, field.resolve);
  }
  const known = new WeakMap<OperationDefinitionNode, PlannedOperation | 'not planned'>();
  return (document, operation) => {
    if (!plannable || operation === undefined) return undefined;
    const planned = known.get(operation) ?? planOperation(schema, resolvers, document, operation) ?? 'not planned';
    known.set(operation, planned);
    return planned === 'not planned' ? undefined : planned;
  };
}

function planOperation(
  schema: GraphQLSchema,
  resolvers: ReadonlyMap<FieldDefinition, Resolver>,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): PlannedOperation | undefined {
  const rootType = schema.getRootType(operation.operation);
  const fragments = fragmentsOf(document);
  const conditionNames = conditionsOf(operation, fragments);
  const valuesOf = planVariables(schema, operation);
  if (!rootType || conditionNames === undefined || valuesOf === undefined) return undefined;
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) return undefined;
  const serially = operation.operation === OperationTypeNode.MUTATION;
  const plans = new Map<string, ObjectPlan>();

  return {
    run(context, variables) {
      const variableValues = valuesOf(variables ?? {});
      if (variableValues === undefined) return undefined;
      const conditions = decide(conditionNames, variableValues);
      if (conditions === undefined) return undefined;
      const key = Object.values(conditions).join();
      let plan = plans.get(key);
      if (plan === undefined) {
        if (plans.size === MAX_PLANS) plans.clear();
        plan = new ObjectPlan({ schema, resolvers, fragments, conditions }, rootType, [operation.selectionSet]);
        plans.set(key, plan);
      }
      const info = { schema, fragments, rootValue: undefined, operation, variableValues };
      return new PlanRun(info, context).answer(plan, serially);
    },
  };
}

/**
 * Names of the variables that decide a `@skip` or an `@include`. Undefined when the document is none to be planned: introspection, and
 * a key `__proto__`, which no plain object can have.
 */
function conditionsOf(
  operation: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): readonly string[] | undefined {
  const names = new Set<string>();
  const foreign: string[] = [];
  visit<DocumentNode>(
    { kind: Kind.DOCUMENT, definitions: [operation, ...Object.values(fragments)] },
    {
      Field({ name, alias }) {
        const responseName = (alias ?? name).value;
        if (name.value === '__schema' || name.value === '__type' || responseName === '__proto__')
          foreign.push(responseName);
      },
      Directive({ arguments: args }) {
        for (const { value } of args ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
      },
    },
  );
  return foreign.length === 0 ? [...names] : undefined;
}

/** Undefined when one is neither true nor false, which only a nullable variable can be. */
function decide(
  names: readonly string[],
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, boolean>> | undefined {
  const conditions: Record<string, boolean> = {};
  for (const name of names) {
    const value = values[name];
    if (typeof value !== 'boolean') return undefined;
    conditions[name] = value;
  }
  return conditions;
}

function fragmentsOf(document: DocumentNode): Readonly<Record<string, FragmentDefinitionNode>> {
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return fragments;
}
