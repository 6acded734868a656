import { Kind, parse, print, visit, type DefinitionNode, type DocumentNode } from 'graphql';

/**
 * Everything of an SDL that a client or a router depends on, as one line of text for each element: types with their directives, fields
 * with arguments and default values, enum values. Descriptions, order and the difference between a type and its extensions are left out.
 */
export function shapeOf(sdl: string): readonly string[] {
  return withoutDescriptions(parse(sdl))
    .definitions.flatMap(linesOf)
    .toSorted()
    .filter((line, index, all) => line !== all[index - 1]);
}

function withoutDescriptions(document: DocumentNode): DocumentNode {
  return visit(document, {
    enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
  });
}

function linesOf(definition: DefinitionNode): string[] {
  switch (definition.kind) {
    case Kind.SCHEMA_DEFINITION:
    case Kind.SCHEMA_EXTENSION:
      return (definition.directives ?? []).map((directive) => `schema ${print(directive)}`);
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
      return membersOf('type', definition, definition.fields);
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return membersOf('input', definition, definition.fields);
    case Kind.ENUM_TYPE_DEFINITION:
      return membersOf('enum', definition, definition.values);
    default:
      return [print(definition)];
  }
}

type Named = Extract<DefinitionNode, { readonly kind: Kind.OBJECT_TYPE_DEFINITION | Kind.OBJECT_TYPE_EXTENSION }>;
type Member = Parameters<typeof print>[0];

function membersOf(
  keyword: string,
  { name, directives = [] }: Pick<Named, 'name' | 'directives'>,
  members: readonly Member[] = [],
): string[] {
  return [
    `${keyword} ${name.value}`,
    ...directives.map((directive) => `${keyword} ${name.value} ${print(directive)}`),
    ...members.map((member) => `${keyword} ${name.value}: ${print(member).replace(/\s+/g, ' ')}`),
  ];
}
