import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import type { Subgraph } from './gateway.ts';

const sdl = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])

  type Query {
    groups: [IncidentGroup]
    records: [Record]
  }

  union Record = IncidentGroup | Incident | ServiceAssetFinding

  type IncidentGroup @key(fields: "id", resolvable: false) {
    id: ID!
  }

  type Incident @key(fields: "organizationId id", resolvable: false) {
    organizationId: ID!
    id: ID!
  }

  type ServiceAssetFinding @key(fields: "id", resolvable: false) {
    id: ID!
  }
`;

export interface Reference {
  readonly __typename: 'IncidentGroup' | 'Incident' | 'ServiceAssetFinding';
  readonly id: string;
  readonly organizationId?: string;
}

/** What its fields answer: a page of groups, and a page of whatever. */
interface Pages {
  groups: readonly Reference[];
  records: readonly Reference[];
}

export interface ReferencesSubgraph extends Subgraph, Pages {
  close(): Promise<void>;
}

/** A neighbour that knows nothing but ids, some of which may lead nowhere: what a page of links to this service comes from. */
export async function startReferencesSubgraph(): Promise<ReferencesSubgraph> {
  const root: Pages = { groups: [], records: [] };
  const schema = buildSubgraphSchema([
    { typeDefs: parse(sdl), resolvers: { Query: { groups: () => root.groups, records: () => root.records } } },
  ]);
  const server = new ApolloServer({ schema, plugins: [ApolloServerPluginInlineTraceDisabled()] });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
  return Object.assign(root, { name: 'references', sdl, url: new URL(url).origin, close: () => server.stop() });
}
