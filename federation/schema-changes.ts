import { diff } from '@graphql-inspector/core';
import { buildASTSchema, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { federationChanges } from './federation-changes.ts';
import { compose, CompositionError, type Subgraph } from './compose.ts';
import { clientPart } from './sdl-parts.ts';

const CLASSES = ['BREAKING', 'DANGEROUS', 'NON_BREAKING'] as const;

/** One difference between two versions of this subgraph's SDL. */
export interface SchemaChange {
  /** BREAKING: something that works today fails. DANGEROUS: it may behave differently. NON_BREAKING: neither. */
  readonly level: (typeof CLASSES)[number];
  /** Whom it concerns: clients' operations, or the supergraph this subgraph is part of. */
  readonly affects: 'clients' | 'composition';
  /** The element, such as `IncidentGroup.title`, or the name of a subgraph that does not fit. */
  readonly path: string;
  readonly message: string;
}

export interface Comparison {
  readonly before: string;
  readonly after: string;
  /** Subgraphs that the version after has to compose with. */
  readonly neighbours: readonly Subgraph[];
}

/**
 * Says what changed and what it breaks, the worst first. Descriptions count, order and layout do not.
 * @throws GraphQLError when one of the two is no SDL
 */
export async function schemaChanges({ before, after, neighbours }: Comparison): Promise<readonly SchemaChange[]> {
  const [old, now] = [parse(before), parse(after)];
  const changes = [
    ...(await clientChanges(old, now)),
    ...federationChanges(old, now),
    ...compositionFaults(after, neighbours),
  ];
  return changes.toSorted(
    (a, b) => CLASSES.indexOf(a.level) - CLASSES.indexOf(b.level) || a.path.localeCompare(b.path),
  );
}

/** One line for each change, in columns. */
export function describeChanges(changes: readonly SchemaChange[]): string {
  const width = Math.max(0, ...changes.map(({ path }) => path.length));
  return changes
    .map(({ level, affects, path, message }) =>
      [level.padEnd(12), affects.padEnd(11), path.padEnd(width), message].join('  '),
    )
    .join('\n');
}

async function clientChanges(old: DocumentNode, now: DocumentNode): Promise<SchemaChange[]> {
  const found = await diff(schemaOf(old), schemaOf(now));
  return found.flatMap(({ criticality, type, path = 'schema', message }): SchemaChange[] => {
    const ofDirective = String(type).startsWith('DIRECTIVE_USAGE');
    // Said a second time, as a change of the element's deprecation.
    if (ofDirective && path.includes('.@deprecated')) return [];
    const affects = ofDirective ? 'composition' : 'clients';
    return [{ level: criticality.level, affects, path, message: message.replaceAll(/\s*\n\s*/g, ' ') }];
  });
}

/** Not validated: what is wrong with it is the composer's to say. */
function schemaOf(document: DocumentNode): GraphQLSchema {
  return buildASTSchema(clientPart(document), { assumeValidSDL: true, assumeValid: true });
}

function compositionFaults(sdl: string, neighbours: readonly Subgraph[]): SchemaChange[] {
  const own: Subgraph = { name: 'incidents', url: 'http://incidents.example/graphql', sdl };
  try {
    compose([own, ...neighbours]);
    return [];
  } catch (error) {
    if (!(error instanceof CompositionError)) throw error;
    const path = [own, ...neighbours].map(({ name }) => name).join(' + ');
    return error.reasons.map((message) => ({ level: 'BREAKING', affects: 'composition', path, message }));
  }
}
