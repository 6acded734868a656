import { startServer, type ServerUnderLoad } from '../soak/server.ts';
import { startNginx, type LoadBalancer } from './nginx.ts';
import { limitEach } from './processor-share.ts';

/** Processes of the product that answer together on one port. */
export interface Arrangement {
  readonly name: string;
  readonly port: number;
  readonly servers: readonly ServerUnderLoad[];
  /** What the load balancer says went wrong; nothing where there is none. */
  errors(): readonly string[];
  stop(): Promise<void>;
}

export type ArrangementName = 'one process' | 'WORKERS=2' | 'nginx, one replica' | 'nginx, two replicas';

/**
 * Starts the product in one of these ways.
 * @param settings of each process, but for the number of workers
 * @param share part of one processor that each serving process may use, at most 1
 */
export async function arrange(
  name: ArrangementName,
  settings: Readonly<Record<string, string>>,
  share = 1,
): Promise<Arrangement> {
  const servers = [await startServer({ ...settings, WORKERS: name === 'WORKERS=2' ? '2' : '1' })];
  if (name === 'nginx, two replicas') servers.push(await startServer(settings));
  const release = share < 1 ? limitEach(servers.flatMap(servingPids), share) : undefined;
  let balancer: LoadBalancer | undefined;
  if (name.startsWith('nginx')) balancer = await startNginx(servers.map(({ port }) => port));
  return {
    name,
    port: balancer?.port ?? servers[0]?.port ?? 0,
    servers,
    errors: () => balancer?.errors() ?? [],
    async stop() {
      await balancer?.stop();
      await Promise.all(servers.map((server) => server.remove()));
      release?.();
    },
  };
}

/** The process itself, or each of its workers. */
function servingPids({ log }: ServerUnderLoad): readonly number[] {
  return [...log().matchAll(/"pid":(\d+),"msg":"listening"/g)].map(([, pid]) => Number(pid));
}
