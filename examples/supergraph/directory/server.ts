import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, parse } from 'graphql';
import { readDirectorySdl } from '../subgraphs.ts';
import { seedDirectory, type DirectoryData } from './people.ts';

const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 100;

interface Reference {
  readonly id: string;
}

export interface DirectoryOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface DirectoryOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly sdl?: string;
  readonly data?: DirectoryData;
  /** Told of every operation. */
  readonly onOperation?: (operation: DirectoryOperation) => void;
}

export interface Directory {
  /** Origin; GraphQL is below it at `/graphql`. */
  readonly url: string;
  close(): Promise<void>;
}

/** The staff directory: an ordinary subgraph with its data in memory. */
export async function startDirectory(options: DirectoryOptions): Promise<Directory> {
  const { host, port, sdl = readDirectorySdl(), data = seedDirectory, onOperation } = options;
  const server = new ApolloServer({
    schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolversOf(data) }]),
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      {
        requestDidStart: async ({ request }) =>
          onOperation?.({ query: request.query ?? '', variables: request.variables ?? {} }),
      },
    ],
  });
  const { url } = await startStandaloneServer(server, { listen: { host, port } });
  return { url: new URL(url).origin, close: () => server.stop() };
}

function resolversOf({ watchedGroups, ...data }: DirectoryData) {
  // Maps, because an id from outside may well be the name of something that every object has.
  const users = new Map(Object.entries(data.users));
  const userGroups = new Map(Object.entries(data.userGroups));
  const runbooks = new Map(Object.entries(data.runbooks));
  return {
    Query: {
      watchedGroups: (_source: unknown, { first }: { readonly first?: number | null }) =>
        watchedGroups.slice(0, pageSize(first)).map((id) => ({ id })),
    },
    SiemUser: {
      // Who is not in the directory is null, which leaves the group it is asked for whole.
      __resolveReference: ({ id }: Reference) => (users.has(id) ? { id, displayName: users.get(id) } : null),
    },
    SiemUserGroup: {
      __resolveReference: ({ id }: Reference) => (userGroups.has(id) ? { id, name: userGroups.get(id) } : null),
    },
    IncidentGroup: {
      // Whether the group exists is not for the directory to say.
      __resolveReference: ({ id }: Reference) => ({ id }),
      runbook: ({ id }: Reference) => runbooks.get(id) ?? null,
    },
  };
}

function pageSize(first: number | null = DEFAULT_PAGE): number {
  const size = first ?? DEFAULT_PAGE;
  if (size >= 0 && size <= LARGEST_PAGE) return size;
  throw new GraphQLError(`first must be from 0 to ${LARGEST_PAGE}`, { extensions: { code: 'BAD_USER_INPUT' } });
}
