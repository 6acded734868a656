import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UpstreamCall } from '../../src/backends/http/call.ts';
import { answeredError } from '../../src/backends/http/json-answer.ts';
import { Upstream } from '../../src/backends/http/upstream.ts';

describe('what a backend says it does not have', () => {
  const server = createServer((_request, response) => response.writeHead(404).end());
  let upstream: Upstream;

  beforeEach(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    upstream = new Upstream({
      backend: 'radar',
      baseUrl: new URL(`http://127.0.0.1:${port}`),
      timeoutMs: 10_000,
      concurrency: 1,
      maxWaiting: 1,
      maxResponseBytes: 1_000,
      failures: 0,
      coolDownMs: 1,
      observe: () => undefined,
    });
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
    const cancellation = { isCancelled: false, subscribe: () => undefined, unsubscribe: () => undefined };
    return upstream.call(asked, { deadline: Infinity, cancellation });
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
