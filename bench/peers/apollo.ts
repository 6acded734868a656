import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { RESTDataSource, type AugmentedRequest } from '@apollo/datasource-rest';
import { AEGISTER_TOKEN, RADAR_API_KEY } from '../upstream/upstream.ts';
import type { Backends, Wire } from './resolvers.ts';
import { peerSchema } from './schema.ts';

/**
 * Peer 1: Apollo Server, standalone, with a REST data source for each backend, made for each request as Apollo's documentation tells.
 * Everything else is as it comes.
 */
export async function startApollo(upstreamPort: number): Promise<{ readonly port: number }> {
  const baseURL = `http://127.0.0.1:${upstreamPort}/`;

  class AegisterAPI extends RESTDataSource {
    override baseURL = baseURL;

    override willSendRequest(_path: string, request: AugmentedRequest): void {
      request.headers['x-aegister-token'] = AEGISTER_TOKEN;
    }

    async patchIncident(organizationId: string, id: string, body: object): Promise<Wire> {
      const path = `api/v1/V-Ciso/incidents/${organizationId}/${id}`;
      const { data } = await this.patch<{ readonly data: Wire }>(path, { body });
      return data;
    }
  }

  class RadarAPI extends RESTDataSource {
    override baseURL = baseURL;

    override willSendRequest(_path: string, request: AugmentedRequest): void {
      request.headers['pgrapikey'] = RADAR_API_KEY;
    }

    putGroup(body: object): Promise<Wire> {
      return this.put<Wire>('cruddy/v2/incident_groups/update', { body });
    }

    readGroup(id: string, withFindings: boolean): Promise<Wire> {
      const path = `cruddy/v2/incident_groups/${id}`;
      return withFindings ? this.get<Wire>(path) : this.get<Wire>(path, { params: { relations: '' } });
    }
  }

  const server = new ApolloServer<{ readonly backends: Backends }>({ schema: peerSchema() });
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port: 0 },
    context: async () => {
      const { cache } = server;
      const aegister = new AegisterAPI({ cache });
      const radar = new RadarAPI({ cache });
      return {
        backends: {
          patchIncident: (organizationId, id, body) => aegister.patchIncident(organizationId, id, body),
          putGroup: (body) => radar.putGroup(body),
          readGroup: (id, withFindings) => radar.readGroup(id, withFindings),
        },
      };
    },
  });
  return { port: Number(new URL(url).port) };
}
