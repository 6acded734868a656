import { directorySubgraph } from '../examples/supergraph/subgraphs.ts';
import { describeChanges, schemaChanges } from './schema-changes.ts';
import { printedSdl } from './served-sdl.ts';

export interface DiffReport {
  /** For a reader: a line for each change, or that there is none. */
  readonly text: string;
  /** Whether something that works today would fail. */
  readonly breaking: boolean;
}

/**
 * Compares what is served now with what was committed at a git ref, HEAD by default.
 * @param readAt the printed SDL at a ref; throws when there is none
 */
export async function schemaDiff(
  [ref = 'HEAD', ...others]: readonly string[],
  readAt: (ref: string) => string,
): Promise<DiffReport> {
  if (others.length > 0 || ref.startsWith('-')) throw new Error('usage: npm run schema:diff [git ref]');
  const changes = await schemaChanges({
    before: readAt(ref),
    after: await printedSdl(),
    neighbours: [directorySubgraph()],
  });
  return {
    text: changes.length === 0 ? `No change since ${ref}.` : describeChanges(changes),
    breaking: changes.some(({ level }) => level === 'BREAKING'),
  };
}
