import { readdirSync, readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { resolvers } from './resolvers.ts';

/** The product's own SDL; this file and its bundle lie equally deep. */
const FOLDER = new URL('../../schema/', import.meta.url);

/** The schema of both peers: the same SDL as the product's, with the resolvers of an afternoon. */
export function peerSchema() {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.graphql'));
  const sdl = names.map((name) => readFileSync(new URL(name, FOLDER), 'utf8')).join('\n');
  return buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]);
}
