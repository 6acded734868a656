import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UpstreamCall } from '../../src/backends/http/call.ts';
import { answeredError } from '../../src/backends/http/json-answer.ts';
import { Upstream, type UpstreamOptions } from '../../src/backends/http/upstream.ts';
import { stayingClient } from '../support/staying-client.ts';

function startUpstream(port: number, options: Partial<UpstreamOptions> = {}): Upstream {
  return new Upstream({
    backend: 'radar',
    baseUrl: new URL(`http://127.0.0.1:${port}`),
    timeoutMs: 10_000,
    concurrency: 1,
    maxWaiting: 1,
    maxResponseBytes: 1_000,
    failures: 0,
    coolDownMs: 1,
    observe: () => undefined,
    ...options,
  });
}

describe('what a backend says it does not have', () => {
  const server = createServer((_request, response) => response.writeHead(404).end());
  let upstream: Upstream;

  beforeEach(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    upstream = startUpstream(port);
  });
  afterEach(async () => {
    await upstream.close();
    server.close();
    await once(server, 'close');
  });

  const call = (method: 'GET' | 'PUT', ifNotFound: null | undefined): Promise<null> => {
    const asked: UpstreamCall<null> = {
      endpoint: `${method} /`,
      request: { method, path: '/', headers: {}, body: method === 'GET' ? null : '{}' },
      secret: undefined,
      read: (response) => {
        throw answeredError('radar', 'not_found', response);
      },
      ifNotFound,
    };
    return upstream.call(asked, { deadline: Infinity, cancellation: stayingClient });
  };

  it('is an answer for a read that takes it for one', async () => {
    expect(await call('GET', null)).toBeNull();
  });

  it('is a failure for any other read, and for every write', async () => {
    const failure = { kind: 'not_found', sent: true, status: 404 };
    await expect(call('GET', undefined)).rejects.toMatchObject(failure);
    await expect(call('PUT', null)).rejects.toMatchObject(failure);
  });
});

describe('many calls at once', () => {
  let stop: () => Promise<void>;
  afterEach(() => stop());

  const call = (upstream: Upstream, method: 'GET' | 'PUT', path: string): Promise<string | undefined> => {
    const asked: UpstreamCall<string | undefined> = {
      endpoint: `${method} /`,
      request: { method, path, headers: {}, body: method === 'GET' ? null : '{}' },
      secret: undefined,
      read: ({ body }) => body.text(),
      ifNotFound: undefined,
    };
    return upstream.call(asked, { deadline: Infinity, cancellation: stayingClient });
  };
  const paths = (calls: number) => Array.from({ length: calls }, (_, index) => `/${index}`);
  const results = async (upstream: Upstream, method: 'GET' | 'PUT', calls: number) => {
    const settled = await Promise.allSettled(paths(calls).map((path) => call(upstream, method, path)));
    return settled.map((result) => (result.status === 'fulfilled' ? result.value : String(result.reason)));
  };

  /** Answers each request with its path, which `send` has to send. */
  async function serving(send: (socket: Socket, answer: string) => void) {
    const seen = { connections: 0, requests: 0 };
    const server = createTcpServer((socket) => {
      seen.connections += 1;
      socket.on('data', (head) => {
        seen.requests += 1;
        const path = /^\S+ (\S+)/.exec(head.toString())?.[1] ?? '';
        send(socket, `HTTP/1.1 200 OK\r\ncontent-length: ${path.length}\r\n\r\n${path}`);
      });
      // A client may reset a connection that was closed.
      socket.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const upstream = startUpstream(port, { concurrency: 8, maxWaiting: 1_000 });
    stop = async () => {
      await upstream.close();
      server.close();
      await once(server, 'close');
    };
    return { upstream, seen };
  }

  describe.each(['GET', 'PUT'] as const)('%s', (method) => {
    it('are answered over as many connections as may be open', async () => {
      const { upstream, seen } = await serving((socket, answer) => socket.write(answer));
      expect(await results(upstream, method, 500)).toEqual(paths(500));
      expect(seen).toEqual({ connections: 8, requests: 500 });
    });

    it('are sent once each to a backend that closes each connection after its answer without having said so', async () => {
      const { upstream, seen } = await serving((socket, answer) => socket.end(answer));
      expect(await results(upstream, method, 500)).toEqual(paths(500));
      expect(seen.requests).toBe(500);
    });

    it('are each told their own answer by a backend that sends it again a moment later', async () => {
      const { upstream, seen } = await serving((socket, answer) => {
        socket.write(answer);
        // The next turn of the event loop: a request that was written right after the first answer would be told this one.
        setImmediate(() => setImmediate(() => socket.write(answer)));
      });
      expect(await results(upstream, method, 100)).toEqual(paths(100));
      expect(seen.requests).toBe(100);
    });
  });
});
