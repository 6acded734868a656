import { directorySubgraph } from '../../examples/supergraph/subgraphs.ts';
import { schemaChanges } from '../../federation/schema-changes.ts';
import { printedSdl } from '../../federation/served-sdl.ts';

/** A text of the printed SDL, which has to be there, and what stands in its place. */
export type Edit = readonly [from: string | RegExp, to: string];

/** The printed SDL, edited. */
export async function editedSdl([from, to]: Edit): Promise<string> {
  const sdl = await printedSdl();
  const edited = sdl.replace(from, to);
  if (edited === sdl) throw new Error(`the printed SDL does not hold ${String(from)}`);
  return edited;
}

/** How the way from the printed SDL to the edited one is classified: "LEVEL affects: path", the worst first. */
export async function classesOfEdit(edit: Edit): Promise<readonly string[]> {
  const changes = await schemaChanges({
    before: await printedSdl(),
    after: await editedSdl(edit),
    neighbours: [directorySubgraph()],
  });
  return changes.map(({ level, affects, path }) => `${level} ${affects}: ${path}`);
}
