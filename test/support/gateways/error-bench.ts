import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { readSchemaFiles } from '../../../src/schema-files.ts';
import { startBuggyService } from '../buggy-service.ts';
import { startSeededWorld } from '../seeded-world.ts';
import { startWorld, type World } from '../world.ts';
import { watchedGroups, type Service } from './error-situations.ts';
import type { Configuration, Gateway, Particulars, Route } from './gateway.ts';
import { startRelay, type Relay } from './relay.ts';
import { startWatchingNeighbour } from './watching-neighbour.ts';

/** What the recommended configuration sends as `Router-Authorization`; the service called `secret` wants another one. */
export const ROUTER_SECRET = 'canary-of-the-router';

/** Four services in which different things fail, behind one address that gateways are given. */
export interface ErrorBench {
  /** The usual world, whose stand-ins also count the writes. */
  readonly world: World;
  readonly relay: Relay;
  /** Starts a way to the address. */
  open(gateway: Gateway, configuration: Configuration, particulars?: Particulars): Promise<Route>;
  /** Has this service answer, with its records as seeded and without a fault. */
  use(service: Service): World;
  close(): Promise<void>;
}

/** Starts the services, the address in front of them, and a second subgraph that refers to groups by key. */
export async function startErrorBench(): Promise<ErrorBench> {
  const world = await startSeededWorld({ AEGISTER_AUTH: 'forward' });
  const secret = await startWorld({ ROUTER_SECRET: 'canary-of-another-router' });
  const mute = await startMuteListener();
  const hasty = await startWorld({
    AEGISTER_BASE_URL: `https://127.0.0.1:${mute.port}`,
    AEGISTER_TIMEOUT_MS: '150',
    RADAR_TIMEOUT_MS: '150',
  });
  const buggy = await startBuggyService([]);
  const relay = await startRelay(world.url);
  const neighbour = await startWatchingNeighbour(watchedGroups);
  const subgraphs = [{ name: 'incidents', sdl: readSchemaFiles(), url: relay.line.url }, neighbour.subgraph];
  const services: Readonly<Record<Service, { url: string; world: World }>> = {
    usual: { url: world.url, world },
    hasty: { url: hasty.url, world: hasty },
    secret: { url: secret.url, world: secret },
    // It has no stand-ins; a situation plants nothing for it.
    buggy: { url: buggy.url, world },
  };

  return {
    world,
    relay,
    open: (gateway, configuration, particulars) =>
      gateway.start(subgraphs, configuration, { routerSecret: ROUTER_SECRET, ...particulars }),
    use(service) {
      for (const { world: each } of Object.values(services)) each.reset();
      relay.line.faults.clear();
      relay.line.clearRequests();
      relay.leadTo(services[service].url);
      return services[service].world;
    },
    async close() {
      await relay.line.close();
      await Promise.all([world.close(), secret.close(), hasty.close(), buggy.close(), neighbour.close()]);
      mute.server.close();
    },
  };
}

/** Accepts connections and never says a word, so that a TLS handshake hangs. */
async function startMuteListener(): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => void socket.on('error', () => undefined));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the listener does not listen');
  return { server, port: address.port };
}
