import fastify from 'fastify';
import mercurius from 'mercurius';
import { Pool, type Dispatcher } from 'undici';
import { AEGISTER_TOKEN, RADAR_API_KEY } from '../upstream/upstream.ts';
import type { Backends, Wire } from './resolvers.ts';
import { peerSchema } from './schema.ts';

/** Peer 2: Mercurius on fastify, compiling each operation after its first run, with undici's `request`. The fastest that people use. */
export async function startMercurius(upstreamPort: number): Promise<{ readonly port: number }> {
  const pool = new Pool(`http://127.0.0.1:${upstreamPort}`, { connections: 64 });

  async function call(
    method: Dispatcher.HttpMethod,
    path: string,
    credential: Readonly<Record<string, string>>,
    body?: object,
  ): Promise<unknown> {
    const headers = { accept: 'application/json', ...credential };
    const response = await pool.request(
      body === undefined
        ? { method, path, headers }
        : {
            method,
            path,
            headers: { ...headers, 'content-type': 'application/json' },
            body: JSON.stringify(body),
          },
    );
    if (response.statusCode !== 200) throw new Error(`${method} ${path} answers ${response.statusCode}`);
    return response.body.json();
  }

  const aegister = { 'x-aegister-token': AEGISTER_TOKEN };
  const radar = { pgrapikey: RADAR_API_KEY };
  const backends: Backends = {
    async patchIncident(organizationId, id, body) {
      const answer = await call('PATCH', `/api/v1/V-Ciso/incidents/${organizationId}/${id}`, aegister, body);
      return (answer as { readonly data: Wire }).data;
    },
    putGroup: async (body) => (await call('PUT', '/cruddy/v2/incident_groups/update', radar, body)) as Wire,
    readGroup: async (id, withFindings) => {
      const path = `/cruddy/v2/incident_groups/${id}${withFindings ? '' : '?relations='}`;
      return (await call('GET', path, radar)) as Wire;
    },
  };

  const app = fastify();
  await app.register(mercurius, { schema: peerSchema(), jit: 1, context: () => ({ backends }) });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { port: Number(new URL(url).port) };
}
