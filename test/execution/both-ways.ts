import {
  execute,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Planner } from '../../src/execution/planned-operation.ts';
import { formatErrors } from '../../src/results/format-errors.ts';

export interface Execution {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Bugs of resolvers that graphql-js describes at length. The log has these texts, a client never. */
const BUG_TEXTS =
  /^(?:Abstract type "\w+" |Runtime Object type |Expected `\w+\.serialize|"\w+" was resolved|A value of type \w+ was)/;

/** An answer as text, with its errors both as they arose and as a client sees them. */
function toText({ data, errors = [] }: ExecutionResult, { operation }: Execution): string {
  const occasion = { correlationId: 'random', operation: operation.operation, sensitive: [], suggestions: true };
  const raw = errors.map(({ message, path, locations }) => ({
    message: BUG_TEXTS.test(message) ? 'bug' : message,
    path,
    locations,
  }));
  return JSON.stringify({ data, raw, public: formatErrors(errors, occasion) });
}

/** The answer of graphql-js. */
export async function byGraphqlJs(execution: Execution, contextValue: unknown): Promise<string> {
  const { schema, document, variables } = execution;
  return toText(await execute({ schema, document, variableValues: variables, contextValue }), execution);
}

/** The answer of the operation's plan, or undefined when it is left to graphql-js. */
export async function byPlan(
  planner: Planner,
  execution: Execution,
  contextValue: unknown,
): Promise<string | undefined> {
  const { document, operation, variables } = execution;
  const result = await planner(document, operation)?.run(contextValue, variables);
  return result && toText(result, execution);
}
