import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly tls?: { readonly key: string | Buffer; readonly cert: string | Buffer };
  /** How long an idle connection is kept; 0 (the default) keeps it until `stop`. */
  readonly keepAliveMs?: number;
  readonly serve: (incoming: IncomingMessage, response: ServerResponse) => void;
}

/** A port that can be closed and opened again, and that knows its connections. */
export interface Listener {
  readonly url: string;
  readonly port: number;
  readonly openConnections: number;
  /** Connections accepted since the start. */
  readonly connectionCount: number;
  connectionIdOf(incoming: IncomingMessage): number;
  reset(incoming: IncomingMessage): void;
  dropConnections(): Promise<void>;
  stop(): Promise<void>;
  restart(): Promise<void>;
}

/** Lets a client in the same process notice that its pooled connections are gone. */
const noticeMs = 15;

interface Connection {
  readonly id: number;
  readonly socket: Socket;
}

/** Opens the port. Port 0 takes a free one, which `restart` then uses again. */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  const server =
    options.tls === undefined ? createServer(options.serve) : createTlsServer({ ...options.tls }, options.serve);
  // No limit of the server's own may end an exchange that a fault keeps open on purpose.
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.keepAliveTimeout = options.keepAliveMs ?? 0;

  // Under TLS a request knows only the encrypted socket. The peer's port leads to the one below.
  const connections = new Map<number, Connection>();
  let connectionCount = 0;
  server.on('connection', (socket: Socket) => {
    const key = socket.remotePort ?? -1;
    connectionCount += 1;
    const connection = { id: connectionCount, socket };
    connections.set(key, connection);
    socket.on('error', () => undefined); // The peer may reset; that is part of the tests.
    socket.once('close', () => {
      if (connections.get(key) === connection) connections.delete(key);
    });
  });
  const connectionOf = (incoming: IncomingMessage): Connection | undefined =>
    connections.get(incoming.socket.remotePort ?? -1);

  async function listen(port: number): Promise<void> {
    server.listen(port, options.host);
    await once(server, 'listening'); // Rejects when the server reports an error instead.
  }
  await listen(options.port);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;

  async function dropConnections(): Promise<void> {
    for (const { socket } of connections.values()) socket.destroy();
    await pause(noticeMs);
  }

  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://${host}:${String(port)}`,
    port,
    get openConnections() {
      return connections.size;
    },
    get connectionCount() {
      return connectionCount;
    },
    connectionIdOf: (incoming) => connectionOf(incoming)?.id ?? 0,
    reset(incoming) {
      connectionOf(incoming)?.socket.resetAndDestroy();
    },
    dropConnections,
    async stop() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      await dropConnections();
      await closed;
    },
    async restart() {
      if (!server.listening) await listen(port);
    },
  };
}
