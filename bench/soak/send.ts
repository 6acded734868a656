import { Agent, request as openRequest } from 'node:http';
import type { SoakRequest } from './requests.ts';

/** How one request ended for the client. */
export type Ending =
  | { readonly how: 'answered'; readonly status: number; readonly text: string }
  /** The client itself went away. */
  | { readonly how: 'left' }
  /** No connection came about: nothing was accepted. */
  | { readonly how: 'refused' }
  /** The connection broke before the whole answer was there. `sentAt`: when the request was out, on the clock of `performance.now()`. */
  | { readonly how: 'cut off'; readonly sentAt: number; readonly reason: string };

export interface Sender {
  send(request: SoakRequest): Promise<Ending>;
  close(): void;
}

/** A client with keep-alive connections that never repeats a request by itself. */
export function createSender(port: number, connections: number): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections });
  return {
    send: ({ method, path, headers, body, leavesAfterMs }) =>
      new Promise((resolve) => {
        const length = method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
        let left = false;
        let sentAt = Infinity;
        const settle = (ending: Ending) => {
          clearTimeout(leaves);
          resolve(left ? { how: 'left' } : ending);
        };
        const request = openRequest({
          host: '127.0.0.1',
          port,
          method,
          path,
          agent,
          headers: { ...headers, ...length },
        });
        const cutOff = (error: NodeJS.ErrnoException) =>
          settle(
            error.code === 'ECONNREFUSED'
              ? { how: 'refused' }
              : { how: 'cut off', sentAt, reason: error.code ?? error.message },
          );
        request.on('finish', () => (sentAt = performance.now()));
        request.on('error', cutOff);
        request.on('response', (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', cutOff);
          response.on('end', () =>
            settle({ how: 'answered', status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
          );
        });
        request.end(body);
        const leave = () => {
          left = true;
          request.destroy();
        };
        const leaves = leavesAfterMs === undefined ? undefined : setTimeout(leave, leavesAfterMs);
      }),
    close: () => agent.destroy(),
  };
}
