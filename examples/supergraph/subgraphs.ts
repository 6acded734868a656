import { readFileSync } from 'node:fs';
import { compose, CompositionError, type Subgraph } from '../../federation/compose.ts';

/** The composed schema, from the project's root. */
export const SUPERGRAPH_FILE = 'examples/supergraph/supergraph.graphql';

const DIRECTORY_SDL = new URL('directory/schema.graphql', import.meta.url);

/** The addresses in the committed supergraph. The example itself takes free ports and tells its gateway. */
const ADDRESSES = {
  incidents: 'http://127.0.0.1:4001/graphql',
  directory: 'http://127.0.0.1:4002/graphql',
} as const;

export type SubgraphName = keyof typeof ADDRESSES;

/**
 * The SDL of the staff directory, or of what shall take its place.
 * @throws CompositionError when there is no such file
 */
export function readDirectorySdl(file: URL | string = DIRECTORY_SDL): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new CompositionError([`[directory] ${String(file)} cannot be read`]);
  }
}

/** The neighbour as a composer takes it. */
export function directorySubgraph(sdl: string = readDirectorySdl()): Subgraph {
  return { name: 'directory', url: ADDRESSES.directory, sdl };
}

/**
 * The supergraph of this service and the staff directory.
 * @throws CompositionError when the two do not fit together
 */
export function composedExample(incidentsSdl: string, directorySdl?: string): string {
  const incidents = { name: 'incidents', url: ADDRESSES.incidents, sdl: incidentsSdl };
  return compose([incidents, directorySubgraph(directorySdl)]).supergraphSdl;
}
