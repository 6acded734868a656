import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { end, guard } from '../measure/child.ts';
import { freePort } from '../measure/free-port.ts';

/** A load balancer in front of replicas. */
export interface LoadBalancer {
  readonly port: number;
  /** What went wrong between it and the replicas so far, in its own words, one for each time. */
  errors(): readonly string[];
  stop(): Promise<void>;
}

/** Version of the nginx that is installed, or undefined. */
export function nginxVersion(): string | undefined {
  const { stderr } = spawnSync('nginx', ['-v'], { encoding: 'utf8' });
  return /nginx\/(\S+)/.exec(stderr)?.[1];
}

/** Starts nginx in front of these ports, with its configuration and everything it writes in a folder that goes with it. */
export async function startNginx(replicas: readonly number[]): Promise<LoadBalancer> {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration(port, replicas, folder));
  const child = spawn('nginx', ['-p', folder, '-c', file, '-e', join(folder, 'error.log')], { stdio: 'inherit' });
  guard(child);
  while (!(await isOpen(port))) {
    if (child.exitCode !== null) throw new Error('nginx does not start');
    await pause(20);
  }
  return {
    port,
    errors() {
      const text = readFileSync(join(folder, 'error.log'), 'utf8');
      return [...text.matchAll(/\[error\] \S+ \*\d+ (.*?), client:/g)].map(([, reason = '']) => reason);
    },
    async stop() {
      await end(child);
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * A mutation that has left is never sent to a second replica: without `non_idempotent`, nginx goes on to the next one with a POST only
 * where no connection came about.
 */
function configuration(port: number, replicas: readonly number[], folder: string): string {
  return `
daemon off;
master_process off;
pid ${folder}/pid;
error_log ${folder}/error.log;
events { worker_connections 4096; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  keepalive_requests 100000000;
  upstream subgraph {
${replicas.map((replica) => `    server 127.0.0.1:${replica} max_fails=1 fail_timeout=5s;`).join('\n')}
    keepalive 256;
    keepalive_requests 100000000;
    # Below the 75 s after which the service itself closes an idle connection.
    keepalive_timeout 60s;
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://subgraph;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_next_upstream error;
      # Above the longest an operation may take.
      proxy_read_timeout 130s;
    }
  }
}
`;
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
