import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startAegister } from '../stand-ins/aegister.ts';
import { AEGISTER_TOKEN, startWorld, type World } from '../support/world.ts';

describe('/readyz', () => {
  let hole: Server;
  let world: World;
  beforeEach(async () => {
    // Accepts connections and never says a word, so a TLS handshake with it hangs.
    hole = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(hole, 'listening');
    const address = hole.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    world = await startWorld({ RADAR_BASE_URL: `https://127.0.0.1:${port}` });
  });
  afterEach(async () => {
    hole.close();
    await world.close();
  });

  it('answers 200 and calls a backend unknown as long as it does not know, instead of waiting for it', async () => {
    const response = await fetch(`${world.url}/readyz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: 'ready',
      backends: { aegister: { state: 'up', breaker: 'closed' }, radar: { state: 'unknown', breaker: 'closed' } },
    });
  });
});

const hasIPv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

describe('/readyz with a backend on an IPv6 address', () => {
  it.skipIf(!hasIPv6)('finds it up', async () => {
    const aegister = await startAegister({ token: AEGISTER_TOKEN, host: '::1' });
    const world = await startWorld({ AEGISTER_BASE_URL: `http://[::1]:${aegister.port}` });
    const state: unknown = await (await fetch(`${world.url}/readyz`)).json();
    expect(state).toMatchObject({ backends: { aegister: { state: 'up' } } });
    await Promise.all([world.close(), aegister.close()]);
  });
});
