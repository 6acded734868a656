import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAegister } from '../stand-ins/aegister.ts';
import { startRadar } from '../stand-ins/radar.ts';
import type { StandIn } from '../stand-ins/stand-in-server.ts';
import { createCertificates, type Certificates } from '../support/certificates.ts';
import { expectFailure, send, targets, type Target } from '../support/failing-calls.ts';
import { startWatchedWorld, type WatchedWorld } from '../support/watched-world.ts';
import { AEGISTER_TOKEN, RADAR_API_KEY } from '../support/world.ts';

let certificates: Certificates;
beforeAll(() => {
  certificates = createCertificates();
});
afterAll(() => {
  certificates.remove();
});

/** A backend behind TLS, beside the plain ones of the world. */
function startSecure(target: Target, tls: { key: Buffer; cert: Buffer }): Promise<StandIn & { baseUrl: string }> {
  return target.name === 'aegister'
    ? startAegister({ token: AEGISTER_TOKEN, tls })
    : startRadar({ apiKey: RADAR_API_KEY, tls });
}

const UNAVAILABLE = { code: 'UPSTREAM_UNAVAILABLE', retryable: true, upstream: { status: null, code: null } };

async function expectUnavailable(world: WatchedWorld, target: Target): Promise<void> {
  expectFailure(await send(world, target, 'write'), target, 'write', { ...UNAVAILABLE, outcome: 'NOT_APPLIED' });
  expectFailure(await send(world, target, 'read'), target, 'read', UNAVAILABLE);
  expect(world.calls()).toEqual({ aegister: [], radar: [] });
  expect(world.leaks()).toEqual([]);
}

describe.each(targets)('TLS to $name', (target) => {
  it('works with a certificate that the configured CA file vouches for', async () => {
    const trusted = certificates.create('trusted', 'IP:127.0.0.1');
    const secure = await startSecure(target, trusted);
    const world = await startWatchedWorld({
      [`${target.prefix}_BASE_URL`]: secure.baseUrl,
      [`${target.prefix}_CA_FILE`]: trusted.file,
    });

    const answer = await send(world, target, 'write');

    expect(JSON.parse(answer.text)).toStrictEqual({ data: target.write.success });
    expect(secure.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([target.writeCall]);
    expect(world.leaks()).toEqual([]);
    await Promise.all([world.close(), secure.close()]);
  });

  it('is refused with a certificate of an unknown authority, before any request', async () => {
    const secure = await startSecure(target, certificates.create('unknown', 'IP:127.0.0.1'));
    const world = await startWatchedWorld({ [`${target.prefix}_BASE_URL`]: secure.baseUrl });

    await expectUnavailable(world, target);

    expect(secure.requests).toEqual([]);
    await Promise.all([world.close(), secure.close()]);
  });

  it('is refused with a trusted certificate of another authority than the configured one', async () => {
    const other = certificates.create('other', 'IP:127.0.0.1');
    const secure = await startSecure(target, certificates.create('self', 'IP:127.0.0.1'));
    const world = await startWatchedWorld({
      [`${target.prefix}_BASE_URL`]: secure.baseUrl,
      [`${target.prefix}_CA_FILE`]: other.file,
    });

    await expectUnavailable(world, target);

    expect(secure.requests).toEqual([]);
    await Promise.all([world.close(), secure.close()]);
  });

  it('is refused with a certificate for another host, although its authority is trusted', async () => {
    const misplaced = certificates.create('misplaced', 'DNS:backend.example');
    const secure = await startSecure(target, misplaced);
    const world = await startWatchedWorld({
      [`${target.prefix}_BASE_URL`]: secure.baseUrl,
      [`${target.prefix}_CA_FILE`]: misplaced.file,
    });

    await expectUnavailable(world, target);

    expect(secure.requests).toEqual([]);
    await Promise.all([world.close(), secure.close()]);
  });

  it('is refused by a port that speaks plain HTTP, which sees no credential', async () => {
    const { received, server, port } = await startListener((socket) => {
      socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
    const world = await startWatchedWorld({ [`${target.prefix}_BASE_URL`]: `https://127.0.0.1:${port}` });

    await expectUnavailable(world, target);

    const seen = Buffer.concat(received).toString('latin1');
    expect(seen).not.toBe('');
    expect([AEGISTER_TOKEN, RADAR_API_KEY].filter((secret) => seen.includes(secret))).toEqual([]);
    await world.close();
    server.close();
  });

  it('that hangs in the handshake times out with nothing applied', async () => {
    const { server, port } = await startListener(() => undefined);
    const world = await startWatchedWorld({
      [`${target.prefix}_BASE_URL`]: `https://127.0.0.1:${port}`,
      [`${target.prefix}_TIMEOUT_MS`]: '200',
    });

    expectFailure(await send(world, target, 'write'), target, 'write', {
      code: 'UPSTREAM_TIMEOUT',
      retryable: false,
      outcome: 'NOT_APPLIED',
      upstream: { status: null, code: null },
      message: 'The backend did not answer in time. Nothing was changed.',
    });

    await world.close();
    server.close();
  });
});

/** A TCP port that keeps what it receives and answers as told to the first bytes of each connection. */
async function startListener(
  answer: (socket: Socket) => void,
): Promise<{ received: Buffer[]; server: Server; port: number }> {
  const received: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined); // The peer breaks off a handshake that failed.
    socket.on('data', (chunk: Buffer) => received.push(chunk));
    socket.once('data', () => answer(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { received, server, port: (server.address() as AddressInfo).port };
}
