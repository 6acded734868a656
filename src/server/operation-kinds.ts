import { GraphQLError, type ValidationRule } from 'graphql';

/**
 * A validation rule that refuses operations of a kind that the schema does not have. GraphQL's own rules pass over such an operation,
 * whatever its fields, and only execution fails: that would look like a fault of this service.
 */
export const operationKinds: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (context.getSchema().getRootType(node.operation)) return;
    context.reportError(new GraphQLError(`There is no ${node.operation} here.`, { nodes: node }));
  },
});
