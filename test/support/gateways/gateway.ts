import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { postGraphQL, type GraphQLAnswer } from '../world.ts';

/** A subgraph as a gateway has to know it. */
export interface Subgraph {
  readonly name: string;
  readonly sdl: string;
  /** Origin; `/graphql` is added. */
  readonly url: string;
}

/** How the gateway is set up: as it comes, or as this project recommends. */
export type Configuration = 'default' | 'recommended';

/** A way from a client to this service. */
export interface Route {
  readonly url: string;
  send(query: string, variables?: object, headers?: Record<string, string>): Promise<GraphQLAnswer>;
  close(): Promise<void>;
}

/** What a test puts into the recommended configuration. */
export interface Particulars {
  /** What the gateway sends as `Router-Authorization`. */
  readonly routerSecret?: string;
  /** How long the gateway waits for this subgraph, in place of its 28 s. */
  readonly subgraphTimeoutMs?: number;
}

/** A gateway that runs here, for any set of subgraphs. */
export interface Gateway {
  /** Short name, for titles of tests and columns of tables. */
  readonly name: string;
  /** The recommended configuration is the file in federation/routers; it is about a subgraph called `incidents`. */
  start(subgraphs: readonly Subgraph[], configuration: Configuration, particulars?: Particulars): Promise<Route>;
}

/** The supergraph as one SDL, by the MIT composer. @throws Error with every fault, one a line */
export function supergraphOf(subgraphs: readonly Subgraph[]): string {
  const services = subgraphs.map(({ name, sdl, url }) => ({ name, typeDefs: parse(sdl), url: `${url}/graphql` }));
  const { supergraphSdl, errors = [] } = composeServices(services);
  if (supergraphSdl !== undefined) return supergraphSdl;
  throw new Error(errors.map(({ message }) => message).join('\n'));
}

/** A route to a server that listens already. */
export function routeTo(url: string, close: () => Promise<void>): Route {
  return { url, close, send: (query, variables, headers) => postGraphQL(url, { query, variables }, headers) };
}

/** No gateway at all: what the others are compared with. */
export const direct: Gateway = {
  name: 'direct',
  start([subgraph]) {
    if (subgraph === undefined) throw new Error('there is no subgraph to go to');
    return Promise.resolve(routeTo(subgraph.url, () => Promise.resolve()));
  },
};
