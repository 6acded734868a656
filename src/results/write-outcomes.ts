import type { GraphQLFormattedError } from 'graphql';
import type { Outcome } from '../errors/codes.ts';

/**
 * What became of each write of a mutation, in the order of its root fields. A field that is there was applied, as was one that
 * `errors` blames only for something below it.
 * @param errors as the client sees them
 */
export function writeOutcomes(
  data: Readonly<Record<string, unknown>> | null | undefined,
  errors: readonly GraphQLFormattedError[] = [],
): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const [name, payload] of Object.entries(data ?? {})) {
    if (typeof payload === 'object') outcomes.push(outcomeOf(name, errors));
  }
  return outcomes;
}

function outcomeOf(name: string, errors: readonly GraphQLFormattedError[]): Outcome {
  const blamed = errors.findLast(({ path }) => path?.length === 1 && path[0] === name);
  const outcome = blamed?.extensions?.['outcome'];
  return outcome === 'NOT_APPLIED' || outcome === 'UNKNOWN' ? outcome : 'APPLIED';
}
