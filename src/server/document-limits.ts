import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

export interface DocumentLimits {
  /** Fields nested in one another, the root field included; introspection does not count. */
  readonly depth: number;
  /** Fields with an alias, those of a fragment counted wherever it is spread. */
  readonly aliases: number;
  /** Root fields of a mutation: each is one write. */
  readonly mutationRootFields: number;
}

/** What a selection costs once its fragments are spread. Numbers grow past all limits instead of overflowing. */
interface Size {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
}

const NOTHING: Size = { depth: 0, aliases: 0, fields: 0 };

/**
 * A validation rule that refuses operations beyond the limits. It runs once a document, and measures each fragment once however often
 * it is spread, so that fragments nested in one another cannot make the check itself expensive.
 */
export function limitDocuments(limits: DocumentLimits): ValidationRule {
  return (context) => ({
    Document: {
      leave(document) {
        const measure = createMeasure(context);
        for (const definition of document.definitions) {
          if (definition.kind === Kind.OPERATION_DEFINITION) check(definition, measure, limits, context);
        }
      },
    },
  });
}

function check(
  operation: OperationDefinitionNode,
  measure: (set: SelectionSetNode) => Size,
  limits: DocumentLimits,
  context: ValidationContext,
): void {
  const { depth, aliases, fields } = measure(operation.selectionSet);
  const refuse = (message: string) => context.reportError(new GraphQLError(message, { nodes: operation }));
  if (depth > limits.depth) refuse(`The operation is nested deeper than ${limits.depth} fields.`);
  if (aliases > limits.aliases) refuse(`The operation has more than ${limits.aliases} aliases.`);
  if (operation.operation === OperationTypeNode.MUTATION && fields > limits.mutationRootFields) {
    refuse(`The mutation has more than ${limits.mutationRootFields} root fields.`);
  }
}

function createMeasure(context: ValidationContext): (set: SelectionSetNode) => Size {
  const fragments = new Map<FragmentDefinitionNode, Size>();

  function measureFragment(name: string): Size {
    const fragment = context.getFragment(name);
    if (!fragment) return NOTHING;
    const known = fragments.get(fragment);
    if (known !== undefined) return known;
    // A fragment inside itself counts as nothing here; another rule refuses it.
    fragments.set(fragment, NOTHING);
    const size = measure(fragment.selectionSet);
    fragments.set(fragment, size);
    return size;
  }

  function measure(set: SelectionSetNode): Size {
    let depth = 0;
    let aliases = 0;
    let fields = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const inner = selection.selectionSet === undefined ? NOTHING : measure(selection.selectionSet);
        const own = selection.name.value.startsWith('__') ? 0 : 1 + inner.depth;
        depth = Math.max(depth, own);
        aliases += inner.aliases + (selection.alias === undefined ? 0 : 1);
        fields += 1;
      } else {
        const inner =
          selection.kind === Kind.FRAGMENT_SPREAD
            ? measureFragment(selection.name.value)
            : measure(selection.selectionSet);
        depth = Math.max(depth, inner.depth);
        aliases += inner.aliases;
        fields += inner.fields;
      }
    }
    return { depth, aliases, fields };
  }

  return measure;
}
