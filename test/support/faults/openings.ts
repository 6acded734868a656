import type { Socket } from 'node:net';
import { fault } from '../../stand-ins/faults.ts';
import { createCertificates, type Certificate, type Certificates } from '../certificates.ts';
import { send, type Target } from '../failing-calls.ts';
import type { World } from '../world.ts';
import { startBareListener, type BareListener } from './listeners.ts';
import type { Way } from './play-row.ts';
import { openStage, startSecure, type Stage } from './stage.ts';

/** A backend behind TLS whose certificate does not do. */
export function withCertificate(create: (certificates: Certificates) => Certificate, trusted: boolean) {
  return async (target: Target): Promise<Stage> => {
    const certificates = createCertificates();
    const certificate = create(certificates);
    const secure = await startSecure(target, certificate);
    const settings = { BASE_URL: secure.baseUrl, ...(trusted && { CA_FILE: certificate.file }) };
    return openStage(target, {
      settings,
      arrivals: secure.arrivals,
      async close() {
        await secure.close();
        certificates.remove();
      },
    });
  };
}

/** A port without a backend. */
export function withPort(scheme: 'http' | 'https', start: () => Promise<BareListener>, settings = {}) {
  return async (target: Target): Promise<Stage> => {
    const listener = await start();
    return openStage(target, {
      settings: { BASE_URL: `${scheme}://127.0.0.1:${listener.port}`, ...settings },
      // Under TLS what arrives is a handshake, never a request.
      arrivals: () => (scheme === 'https' ? 0 : listener.heard),
      close: () => listener.close(),
    });
  };
}

export const bare = (answer: (socket: Socket) => void) => () => startBareListener(answer);
/** Answers for a bare listener. */
export const reset = (socket: Socket) => void socket.resetAndDestroy();
export const plainHttp = (socket: Socket) => void socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');

/** The only connection belongs to a read that the backend does not answer. */
export function withConnectionHeld(settings: Readonly<Record<string, string>>, headers?: Record<string, string>) {
  return (target: Target): Promise<Stage> =>
    openStage(target, {
      settings: { CONCURRENCY: '1', TIMEOUT_MS: '60000', ...settings },
      async before(world) {
        const held = fault.hold();
        target.standIn(world).faults.once(held);
        // Its answer is of no interest: the connection goes with the world.
        void send(world, target, 'read').catch(() => undefined);
        await held.arrived;
      },
      ask: (world, moment) => send(world, target, moment, headers),
    });
}

/** Something befalls the backend while it has the request in hand. */
export function during(befall: (world: World, target: Target) => Promise<void>) {
  return (target: Target, way: Way): Promise<Stage> =>
    openStage(target, {
      async ask(world, moment) {
        const held = fault.hold({ applyOn: way === 'not done' ? 'release' : 'arrival' });
        target.standIn(world).faults.once(held);
        const answer = send(world, target, moment);
        await held.arrived;
        await befall(world, target);
        return answer;
      },
    });
}

/** Something befalls the backend between two calls. */
export const between = (befall: (world: World, target: Target) => Promise<void>) => (target: Target) =>
  openStage(target, {
    async before(world) {
      await send(world, target, 'read');
      await befall(world, target);
    },
  });

/** The backend does not listen. */
export const refused = (target: Target) => openStage(target, { before: (world) => target.standIn(world).stop() });
/** The circuit breaker has opened. */
export const openBreaker = (target: Target) =>
  openStage(target, {
    settings: { BREAKER_FAILURES: '1', BREAKER_COOL_DOWN_MS: '600000' },
    async before(world) {
      target.standIn(world).faults.once(fault.html(500));
      await send(world, target, 'read');
    },
  });
