import { startDirectory, type DirectoryOperation } from '../../examples/supergraph/directory/server.ts';
import type { DirectoryData } from '../../examples/supergraph/directory/people.ts';
import { startGateway } from '../../examples/supergraph/gateway.ts';
import { composedExample } from '../../examples/supergraph/subgraphs.ts';
import { logEntry } from './server-process.ts';
import { postGraphQL, startWorld, type GraphQLAnswer, type World } from './world.ts';

const ROUTER_SECRET = 'canary-router-secret-71ac';

export interface SupergraphWorld {
  /** The subgraph and the stand-ins behind the gateway. */
  readonly world: World;
  /** Operations that the staff directory was asked. */
  readonly askedOfDirectory: readonly DirectoryOperation[];
  /** Root fields of each operation that the subgraph was asked. */
  readonly askedOfIncidents: () => readonly unknown[];
  /** Sends an operation to the gateway. */
  send(query: string, headers?: Record<string, string>): Promise<GraphQLAnswer>;
  close(): Promise<void>;
}

/** The example as it is, on free ports, with other data in the staff directory where a test needs that. */
export async function startSupergraphWorld(data?: DirectoryData): Promise<SupergraphWorld> {
  const world = await startWorld({ ROUTER_SECRET });
  const { data: served } = await world.send('{ _service { sdl } }', {}, { 'router-authorization': ROUTER_SECRET });
  const { sdl } = (served as { _service: { sdl: string } })._service;
  const askedOfDirectory: DirectoryOperation[] = [];
  const directory = await startDirectory({
    host: '127.0.0.1',
    port: 0,
    onOperation: (operation) => void askedOfDirectory.push(operation),
    ...(data && { data }),
  });
  const gateway = await startGateway({
    host: '127.0.0.1',
    port: 0,
    supergraphSdl: composedExample(sdl),
    addresses: { incidents: `${world.url}/graphql`, directory: `${directory.url}/graphql` },
    routerSecret: ROUTER_SECRET,
  });
  const logged = world.logLines.length;
  return {
    world,
    askedOfDirectory,
    askedOfIncidents: () =>
      world.logLines
        .slice(logged)
        .map(logEntry)
        .filter((entry) => entry?.['msg'] === 'operation')
        .map((entry) => entry?.['fields']),
    send: (query, headers) => postGraphQL(gateway.url, { query }, headers),
    async close() {
      await gateway.close();
      await Promise.all([directory.close(), world.close()]);
    },
  };
}
