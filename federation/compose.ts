import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';

/** A subgraph as a composer takes it. */
export interface Subgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

/** Subgraphs do not fit together, or one is no GraphQL. The message has a line for each reason. */
export class CompositionError extends Error {
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(['The subgraphs do not compose:', ...reasons.map((reason) => `  ${reason}`)].join('\n'));
    this.name = 'CompositionError';
    this.reasons = reasons;
  }
}

/**
 * Composes subgraphs to the SDL of a supergraph.
 * @throws CompositionError with every reason at once
 */
export function compose(subgraphs: readonly Subgraph[]): {
  readonly supergraphSdl: string;
  readonly publicSdl: string;
} {
  const result = composeServices(
    subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parseSubgraph(name, sdl) })),
  );
  if (result.errors !== undefined) throw new CompositionError(result.errors.map(({ message }) => oneLine(message)));
  return { supergraphSdl: result.supergraphSdl, publicSdl: result.publicSdl };
}

function parseSubgraph(name: string, sdl: string) {
  try {
    return parse(sdl);
  } catch (error) {
    throw new CompositionError([`[${name}] ${oneLine(error instanceof Error ? error.message : String(error))}`]);
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').trim();
}
