import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { isJsonObject, parseJson } from '../../stand-ins/json.ts';
import { startStandIn } from '../../stand-ins/stand-in-server.ts';
import type { Subgraph } from './gateway.ts';

const sdl = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])

  type Query {
    watchedGroups: [IncidentGroup]
  }

  type IncidentGroup @key(fields: "id", resolvable: false) {
    id: ID!
  }
`;

/** A subgraph that names groups by key only, so that a gateway has to ask this service for them by `_entities`. */
export async function startWatchingNeighbour(
  groupIds: readonly string[],
): Promise<{ subgraph: Subgraph; close: () => Promise<void> }> {
  const resolvers = { Query: { watchedGroups: () => groupIds.map((id) => ({ id })) } };
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]);
  const server = await startStandIn({
    host: '127.0.0.1',
    port: 0,
    async handle({ bodyJson }) {
      const query = isJsonObject(bodyJson) ? bodyJson['query'] : undefined;
      if (typeof query !== 'string') throw new Error('the gateway sent no query');
      const result = parseJson(JSON.stringify(await graphql({ schema, source: query })));
      return { status: 200, body: result ?? {} };
    },
  });
  return { subgraph: { name: 'watching', sdl, url: server.url }, close: () => server.close() };
}
