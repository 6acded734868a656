import {
  BREAK,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  visit,
  type DocumentNode,
  type GraphQLResolveInfo,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';

/**
 * Whether a linked field is asked for its id and nothing else, fragments, `@skip` and `@include` considered. Then no read is needed:
 * the id is known already.
 */
export function selectsIdOnly(info: GraphQLResolveInfo): boolean {
  return info.fieldNodes.every((node) => isIdOnly(node.selectionSet?.selections ?? [], info));
}

function isIdOnly(selections: readonly SelectionNode[], info: GraphQLResolveInfo): boolean {
  return selections.every((selection) => {
    if (!isIncluded(selection, info)) return true;
    if (selection.kind === Kind.FIELD) return selection.name.value === 'id' || selection.name.value === '__typename';
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? info.fragments[selection.name.value] : selection;
    return isIdOnly(fragment?.selectionSet.selections ?? [], info);
  });
}

function isIncluded(node: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.['if'] !== false;
}

const asksForFindings = new WeakMap<OperationDefinitionNode, boolean>();

/**
 * Whether the findings of any group are asked for anywhere in the operation. Radar loads them together with the group or not at all,
 * so this decides once for all groups of the operation: the same group asked for in two places stays one read.
 */
export function operationAsksForFindings({ operation, fragments }: GraphQLResolveInfo): boolean {
  let asks = asksForFindings.get(operation);
  if (asks === undefined) {
    asks = mentionsFindings({ kind: Kind.DOCUMENT, definitions: [operation, ...Object.values(fragments)] });
    asksForFindings.set(operation, asks);
  }
  return asks;
}

function mentionsFindings(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field(node) {
      if (node.name.value !== 'serviceAssetFindings') return undefined;
      found = true;
      return BREAK;
    },
  });
  return found;
}
