import {
  getDirectiveValues,
  getNullableType,
  GraphQLBoolean,
  GraphQLID,
  GraphQLIncludeDirective,
  GraphQLScalarType,
  GraphQLSkipDirective,
  GraphQLString,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  TypeNameMetaFieldDef,
  typeFromAST,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { planArguments, type ArgumentsPlan } from './arguments-plan.ts';

export type FieldDefinition = GraphQLField<unknown, unknown>;
export type Resolver = GraphQLFieldResolver<unknown, unknown>;

/** What plans are made from: one operation of a document, with the values that decide its `@skip` and `@include`. */
export interface PlanSource {
  readonly schema: GraphQLSchema;
  /** The resolvers of the fields that have one. */
  readonly resolvers: ReadonlyMap<FieldDefinition, Resolver>;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly conditions: Readonly<Record<string, boolean>>;
}

/** One field of an answer. */
export interface FieldPlan {
  /** Its key in the answer: the alias, or the name. */
  readonly responseName: string;
  readonly parentType: GraphQLObjectType;
  readonly definition: FieldDefinition;
  /** Every place in the document where it is asked for; their selections are merged. */
  readonly nodes: readonly FieldNode[];
  /** Undefined: the value is the property of the field's name. */
  readonly resolve: Resolver | undefined;
  readonly argumentValues: ArgumentsPlan;
  /** Set for `__typename` alone. */
  readonly constant: string | undefined;
  readonly value: ValuePlan;
  /** Values of this type of JavaScript's are in the answer what they are; undefined where none are. */
  readonly verbatim: 'string' | 'boolean' | undefined;
}

/** How a resolved value becomes part of the answer, by its type in the schema. */
export type ValuePlan = { readonly nonNull: boolean } & (
  | { readonly kind: 'leaf'; readonly type: GraphQLLeafType }
  | { readonly kind: 'list'; readonly item: ValuePlan }
  | { readonly kind: 'object'; readonly plan: ObjectPlan }
  | {
      readonly kind: 'abstract';
      readonly type: GraphQLAbstractType;
      readonly planOf: (type: GraphQLObjectType) => ObjectPlan;
    }
);

/**
 * The fields asked of one object type at one place of the document, fragments spread and conditions decided. Found out when the first
 * object gets there: fragments can make a short document ask for more than any answer holds.
 */
export class ObjectPlan {
  readonly #source: PlanSource;
  readonly #type: GraphQLObjectType;
  readonly #selectionSets: readonly SelectionSetNode[];
  #fields: readonly FieldPlan[] | undefined;

  constructor(source: PlanSource, type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[]) {
    this.#source = source;
    this.#type = type;
    this.#selectionSets = selectionSets;
  }

  /** In the order of the answer. */
  get fields(): readonly FieldPlan[] {
    return (this.#fields ??= planFields(this.#source, this.#type, this.#selectionSets));
  }
}

function planFields(
  source: PlanSource,
  parentType: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): readonly FieldPlan[] {
  const collected = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  for (const { selections } of selectionSets) collect(source, parentType, selections, collected, spread);
  const plans: FieldPlan[] = [];
  for (const [responseName, nodes] of collected) {
    const name = nodes[0]?.name.value ?? '';
    const isTypeName = name === TypeNameMetaFieldDef.name;
    const definition: FieldDefinition | undefined = isTypeName ? TypeNameMetaFieldDef : parentType.getFields()[name];
    if (definition === undefined) continue;
    plans.push({
      responseName,
      parentType,
      definition,
      nodes,
      resolve: source.resolvers.get(definition),
      argumentValues: planArguments(definition, nodes[0]),
      constant: isTypeName ? parentType.name : undefined,
      value: planValue(source, definition.type, nodes),
      verbatim: verbatimOf(getNullableType(definition.type)),
    });
  }
  return plans;
}

/** graphql-js's default `serialize`, which answers its argument: not exported, so taken from a scalar without one of its own. */
const unchanged = new GraphQLScalarType({ name: 'Unchanged' }).serialize;

function verbatimOf(type: GraphQLOutputType): FieldPlan['verbatim'] {
  if (type === GraphQLBoolean) return 'boolean';
  const takesText =
    type === GraphQLString || type === GraphQLID || (isScalarType(type) && type.serialize === unchanged);
  return takesText ? 'string' : undefined;
}

function planValue(source: PlanSource, declared: GraphQLOutputType, nodes: readonly FieldNode[]): ValuePlan {
  const nonNull = isNonNullType(declared);
  const type = getNullableType(declared);
  if (isListType(type)) return { nonNull, kind: 'list', item: planValue(source, type.ofType, nodes) };
  const planOf = (objectType: GraphQLObjectType) =>
    new ObjectPlan(
      source,
      objectType,
      nodes.map(({ selectionSet }) => selectionSet).filter((set) => set !== undefined),
    );
  if (isObjectType(type)) return { nonNull, kind: 'object', plan: planOf(type) };
  if (!isAbstractType(type)) return { nonNull, kind: 'leaf', type };
  const plans = new Map<GraphQLObjectType, ObjectPlan>();
  return {
    nonNull,
    kind: 'abstract',
    type,
    planOf(objectType) {
      const plan = plans.get(objectType) ?? planOf(objectType);
      plans.set(objectType, plan);
      return plan;
    },
  };
}

/** Adds the fields that the selections ask of an object type, each under its key, in the order in which they are first met. */
function collect(
  source: PlanSource,
  type: GraphQLObjectType,
  selections: readonly SelectionNode[],
  collected: Map<string, FieldNode[]>,
  spread: Set<string>,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD && spread.has(selection.name.value)) continue;
    if (!isIncluded(selection, source.conditions)) continue;
    if (selection.kind === Kind.FIELD) {
      const name = (selection.alias ?? selection.name).value;
      const nodes = collected.get(name);
      if (nodes === undefined) collected.set(name, [selection]);
      else nodes.push(selection);
      continue;
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) spread.add(selection.name.value);
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? source.fragments[selection.name.value] : selection;
    if (fragment === undefined || !applies(source.schema, fragment.typeCondition, type)) continue;
    collect(source, type, fragment.selectionSet.selections, collected, spread);
  }
}

function isIncluded(node: SelectionNode, conditions: PlanSource['conditions']): boolean {
  if (node.directives === undefined || node.directives.length === 0) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, conditions)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, conditions)?.['if'] !== false;
}

function applies(
  schema: GraphQLSchema,
  condition: FragmentDefinitionNode['typeCondition'] | undefined,
  type: GraphQLObjectType,
): boolean {
  if (condition === undefined) return true;
  const conditional = typeFromAST(schema, condition);
  return conditional === type || (isAbstractType(conditional) && schema.isSubType(conditional, type));
}
