import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { drain } from '../../src/server/drain.ts';

const HEAD = 'GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n';

let server: Server;
afterEach(() => server.closeAllConnections());

/** A server that counts as the real one does. */
async function listen() {
  let active = 0;
  server = createServer((_request, response) => {
    active += 1;
    response.once('close', () => (active -= 1));
    response.end('answered');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, activeRequests: () => active };
}

/** A client that sends a request as soon as it is connected. */
function ask(port: number) {
  const client = connect({ port, host: '127.0.0.1', noDelay: true });
  let received = '';
  client.setEncoding('utf8').on('data', (text: string) => (received += text));
  client.write(HEAD);
  return { client, received: () => received };
}

/** Keeps the whole process busy, as a machine does that has too much to do. */
const block = (ms: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

describe('drain', () => {
  it('answers a request that had arrived before an idle connection is closed, however busy the process is', async () => {
    const { port, activeRequests } = await listen();
    const { client, received } = ask(port);
    await once(client, 'data');
    const drained = drain(server, activeRequests, 1_000);

    client.write(HEAD);
    block(400);
    await Promise.all([drained, once(client, 'close')]);

    expect(received().match(/answered/g)).toHaveLength(2);
  });

  it('accepts and answers whoever had connected before, and nobody after', async () => {
    const { port, activeRequests } = await listen();
    const clients = Array.from({ length: 20 }, () => ask(port));
    // One tick on, the system has the connections; the server has looked at none of them.
    await new Promise<void>((resolve) => process.nextTick(resolve));
    const drained = drain(server, activeRequests, 1_000);
    await Promise.all([drained, ...clients.map(({ client }) => once(client, 'close'))]);

    expect(clients.map(({ received }) => received().includes('answered'))).toEqual(clients.map(() => true));
    await expect(once(ask(port).client, 'data')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
