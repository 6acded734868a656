import { startServer, type ServerUnderLoad } from '../soak/server.ts';
import { startNginx, type LoadBalancer } from './nginx.ts';

/** Processes of the product that answer together on one port. */
export interface Arrangement {
  readonly name: string;
  readonly port: number;
  readonly servers: readonly ServerUnderLoad[];
  stop(): Promise<void>;
}

export type ArrangementName = 'one process' | 'WORKERS=2' | 'nginx, one replica' | 'nginx, two replicas';

/** Starts the product in one of these ways. @param settings of each process, but for the number of workers */
export async function arrange(name: ArrangementName, settings: Readonly<Record<string, string>>): Promise<Arrangement> {
  const servers = [await startServer({ ...settings, WORKERS: name === 'WORKERS=2' ? '2' : '1' })];
  if (name === 'nginx, two replicas') servers.push(await startServer(settings));
  let balancer: LoadBalancer | undefined;
  if (name.startsWith('nginx')) balancer = await startNginx(servers.map(({ port }) => port));
  return {
    name,
    port: balancer?.port ?? servers[0]?.port ?? 0,
    servers,
    async stop() {
      await balancer?.stop();
      await Promise.all(servers.map((server) => server.remove()));
    },
  };
}
