import type { Moment, Target } from '../failing-calls.ts';
import type { World } from '../world.ts';
import { startFullListener } from './listeners.ts';
import {
  bare,
  between,
  during,
  openBreaker,
  plainHttp,
  refused,
  reset,
  withCertificate,
  withConnectionHeld,
  withPort,
} from './openings.ts';
import type { Way } from './play-row.ts';
import { openStage, type Stage } from './stage.ts';
import { arriving, BROKEN, LATE_NOT_SENT, NOT_SENT, TAKEN, type Verdict } from './verdicts.ts';

/** A way in which the line to a backend fails, or in which nothing is sent at all. */
export interface ConnectionRow {
  readonly section: string;
  readonly what: string;
  readonly verdict: Verdict;
  /** Sends by this service's own count; as many as arrive unless said. */
  readonly tries?: Readonly<Record<Moment, number>>;
  /** Played against a backend that carries the write out, and against one that does not. */
  readonly twice?: true;
  open(target: Target, way: Way): Promise<Stage>;
}

const SHORT = '400';
const once = { read: 1, write: 1 };
const thrice = { read: 3, write: 3 };

const NO_CONNECTION = 'No connection comes about';
const RESTART = 'The backend restarts, or its connections go';
const HERE = 'This service does not send';
const restart = async (world: World, target: Target) => {
  await target.standIn(world).stop();
  await target.standIn(world).restart();
};
const goDown = (world: World, target: Target) => target.standIn(world).stop();
const cut = (world: World, target: Target) => target.standIn(world).dropConnections();
const LOCAL = 'IP:127.0.0.1';
const unknownName = (target: Target) => openStage(target, { settings: { BASE_URL: 'http://nonexistent.invalid' } });
const READ_AGAIN: Verdict = { ...arriving(BROKEN, 2, 1), told: { read: TAKEN.told.read, write: BROKEN.told.write } };
const READ_REFUSED: Verdict = {
  ...arriving(BROKEN, 1, 1),
  told: { read: NOT_SENT.told.read, write: BROKEN.told.write },
};

const noConnection: readonly (readonly [string, Verdict, ConnectionRow['tries'] & object, ConnectionRow['open']])[] = [
  ['refused', NOT_SENT, thrice, refused],
  ['a name that no DNS knows', NOT_SENT, thrice, unknownName],
  ['connecting never ends', LATE_NOT_SENT, once, withPort('http', startFullListener, { TIMEOUT_MS: SHORT })],
  ['TLS: unknown authority', NOT_SENT, once, withCertificate((all) => all.create('unknown', LOCAL), false)],
  ['TLS: another host', NOT_SENT, once, withCertificate((all) => all.create('other', 'DNS:backend.example'), true)],
  ['TLS: expired', NOT_SENT, once, withCertificate((all) => all.createExpired('expired', LOCAL), true)],
  ['TLS: the port speaks plain HTTP', NOT_SENT, once, withPort('https', bare(plainHttp))],
  ['TLS: reset in the handshake', NOT_SENT, thrice, withPort('https', bare(reset))],
  [
    'TLS: the handshake hangs',
    LATE_NOT_SENT,
    once,
    withPort(
      'https',
      bare(() => undefined),
      { TIMEOUT_MS: SHORT },
    ),
  ],
];

export const connectionRows: readonly ConnectionRow[] = [
  ...noConnection.map(([what, verdict, tries, opening]) => ({
    section: NO_CONNECTION,
    what,
    verdict,
    tries,
    open: opening,
  })),
  {
    section: HERE,
    what: 'the only connection is taken until time is over',
    verdict: LATE_NOT_SENT,
    open: withConnectionHeld({}, { 'x-operation-timeout-ms': SHORT }),
  },
  { section: HERE, what: 'the queue is full', verdict: NOT_SENT, open: withConnectionHeld({ MAX_WAITING: '0' }) },
  { section: HERE, what: 'the circuit breaker is open', verdict: NOT_SENT, open: openBreaker },
  { section: RESTART, what: 'an idle connection was closed', verdict: TAKEN, open: between(cut) },
  { section: RESTART, what: 'restarted between two calls', verdict: TAKEN, open: between(restart) },
  {
    section: RESTART,
    what: 'reset at the first bytes of the request',
    verdict: BROKEN,
    open: withPort('http', bare(reset)),
  },
  { section: RESTART, what: 'connections cut during the call', verdict: READ_AGAIN, twice: true, open: during(cut) },
  {
    section: RESTART,
    what: 'stopped during the call, and not back',
    verdict: READ_REFUSED,
    tries: { read: 3, write: 1 },
    twice: true,
    open: during(goDown),
  },
];
