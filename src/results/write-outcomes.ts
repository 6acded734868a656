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
  const failed = new Map(errors.map(({ path, extensions }) => [path?.length === 1 ? path[0] : undefined, extensions]));
  return Object.entries(data ?? {})
    .filter(([, payload]) => typeof payload === 'object')
    .map(([name]) => {
      const outcome = failed.get(name)?.['outcome'];
      return outcome === 'NOT_APPLIED' || outcome === 'UNKNOWN' ? outcome : 'APPLIED';
    });
}
