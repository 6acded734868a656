import { once } from 'node:events';
import { connect } from 'node:net';

/** One TCP connection that stays open, for what an HTTP client would not do: pipelining, bare silence, half a request. */
export interface RawConnection {
  write(text: string): void;
  /** Settles with everything received, as soon as that matches. */
  received(pattern: RegExp): Promise<string>;
  /** Settles with everything received when the server has closed the connection. */
  readonly closed: Promise<string>;
  destroy(): void;
}

/** Connects to a server. */
export async function openRawConnection(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  await once(socket, 'connect');
  let text = '';
  const waiting = new Set<() => void>();
  const closed = new Promise<string>((resolve) => {
    socket.once('close', () => resolve(text));
  });
  socket.on('error', () => undefined); // A reset shows as the close that follows it.
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    for (const check of waiting) check();
  });
  return {
    write: (bytes) => void socket.write(bytes),
    received: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (!pattern.test(text)) return;
          waiting.delete(check);
          resolve(text);
        };
        waiting.add(check);
        check();
        void closed.then(() => reject(new Error(`closed before ${String(pattern)}: ${text}`)));
      }),
    closed,
    destroy: () => void socket.destroy(),
  };
}

/** A request as HTTP/1.1 text. */
export function rawRequest(method: string, path: string, headers: Record<string, string> = {}, body = ''): string {
  const all = { host: 'localhost', ...headers, ...(body !== '' && { 'content-length': String(body.length) }) };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n${body}`;
}

/** How an attempt to connect ends: the error's code, or `connected`. */
export function attemptToConnect(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.once('connect', () => {
      socket.destroy();
      resolve('connected');
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}
