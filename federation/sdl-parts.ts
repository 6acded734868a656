import {
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  valueFromASTUntyped,
  visit,
  type ASTNode,
  type ConstDirectiveNode,
  type DocumentNode,
} from 'graphql';

/** What federation itself puts into a subgraph. */
const MACHINERY = /^(?:_Any|_Entity|_Service|link__.*|federation__.*)$/;
const MACHINERY_FIELDS = new Set(['_entities', '_service']);
/** Compared on their own, with federation's meaning. */
const COMPARED_APART = new Set(['key', 'link', 'contact']);
const EXECUTABLE = new Set([
  ...['QUERY', 'MUTATION', 'SUBSCRIPTION', 'FIELD', 'FRAGMENT_DEFINITION'],
  ...['FRAGMENT_SPREAD', 'INLINE_FRAGMENT', 'VARIABLE_DEFINITION'],
]);

/** A directive where it is applied, with its arguments as plain values. */
export interface AppliedDirective {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The document without what federation adds and without the directives that are compared apart. */
export function clientPart(document: DocumentNode): DocumentNode {
  const drop = (node: ASTNode): null | undefined => {
    switch (node.kind) {
      case Kind.DIRECTIVE:
        return COMPARED_APART.has(node.name.value) ? null : undefined;
      case Kind.DIRECTIVE_DEFINITION:
        // A client can only use those of operations.
        return node.locations.some(({ value }) => EXECUTABLE.has(value)) ? undefined : null;
      case Kind.FIELD_DEFINITION:
        return MACHINERY_FIELDS.has(node.name.value) ? null : undefined;
      default:
        if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node)) return undefined;
        return MACHINERY.test(node.name.value) ? null : undefined;
    }
  };
  return visit(document, { enter: drop });
}

/** The directives at the schema itself. */
export function schemaDirectives(document: DocumentNode): readonly AppliedDirective[] {
  return document.definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION ? applied(node.directives) : [],
  );
}

/** The `@key`s of each type that has any, those of its extensions included. */
export function keysByType(document: DocumentNode): ReadonlyMap<string, readonly AppliedDirective[]> {
  const keys = new Map<string, readonly AppliedDirective[]>();
  for (const node of document.definitions) {
    if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node)) continue;
    const own = applied(node.directives).filter(({ name }) => name === 'key');
    if (own.length > 0) keys.set(node.name.value, [...(keys.get(node.name.value) ?? []), ...own]);
  }
  return keys;
}

function applied(directives: readonly ConstDirectiveNode[] = []): AppliedDirective[] {
  return directives.map(({ name, arguments: given = [] }) => ({
    name: name.value,
    values: Object.fromEntries(given.map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)])),
  }));
}
