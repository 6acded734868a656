import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { Pool, type Dispatcher } from 'undici';
import { AEGISTER_TOKEN, RADAR_API_KEY } from '../upstream/upstream.ts';
import type { WorkloadName } from '../workloads/workload.ts';
import { HANDLERS, type UpstreamRequest } from './handlers.ts';

export interface LimitServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * LIMIT: the least that anybody in front of the backends has to do. node:http reads the request, undici's bare `dispatch` makes the
 * calls, JSON.parse and JSON.stringify do the rest, and the mapping of the one operation is written by hand. No GraphQL engine, no
 * validation, no log, no error handling worth the name.
 */
export async function startLimit(name: WorkloadName, upstreamPort: number, port = 0): Promise<LimitServer> {
  const pool = new Pool(`http://127.0.0.1:${upstreamPort}`, { connections: 64, pipelining: 1 });
  const handle = HANDLERS[name];
  const call = (request: UpstreamRequest) => callUpstream(pool, request);

  // Longer than node's 5 s: at a fixed pace some of the connections are not needed for a while.
  const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
    readText(request)
      .then(async (text) => handle(JSON.parse(text) as { variables: unknown }, call))
      .then(
        (data) => {
          response.setHeader('content-type', 'application/json; charset=utf-8');
          response.end(JSON.stringify({ data }));
        },
        (error: unknown) => {
          response.statusCode = 500;
          response.end(String(error));
        },
      );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('LIMIT has no port');
  return {
    port: address.port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await pool.destroy();
    },
  };
}

function readText(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', reject);
  });
}

function callUpstream(pool: Pool, { backend, method, path, body }: UpstreamRequest): Promise<unknown> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (backend === 'aegister') headers['X-Aegister-Token'] = AEGISTER_TOKEN;
  else headers['PgrApiKey'] = RADAR_API_KEY;
  if (body === undefined)
    return new Promise((...settle) => pool.dispatch({ method, path, headers }, new Call(...settle)));
  headers['content-type'] = 'application/json';
  const text = JSON.stringify(body);
  return new Promise((...settle) => pool.dispatch({ method, path, headers, body: text }, new Call(...settle)));
}

class Call implements Dispatcher.DispatchHandler {
  readonly #chunks: Buffer[] = [];
  readonly #resolve: (value: unknown) => void;
  readonly #reject: (error: unknown) => void;
  #status = 0;

  constructor(resolve: (value: unknown) => void, reject: (error: unknown) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onRequestStart(): void {
    // Required by undici; nothing to do.
  }

  onResponseStart(_controller: unknown, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: unknown, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#status !== 200) return this.#reject(new Error(`status ${this.#status}`));
    const [first] = this.#chunks;
    const bytes = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
    try {
      this.#resolve(JSON.parse(bytes.toString('utf8')));
    } catch (error) {
      this.#reject(error);
    }
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#reject(error);
  }
}
