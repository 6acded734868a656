import { setTimeout as pause } from 'node:timers/promises';
import { createLedger, recordsIn, type CutOff, type Ledger } from './ledger.ts';
import { startLoad } from './load.ts';
import { createRandom } from './random.ts';
import { createRequests } from './requests.ts';
import { createSender } from './send.ts';
import { startServer } from './server.ts';
import { soakSettings } from './settings.ts';
import type { StandIns } from './stand-ins.ts';
import { SECRETS } from './storm.ts';
import { judge, type Verdict } from './truth.ts';

export interface Drained {
  readonly workers: number;
  readonly ledger: Ledger;
  readonly verdict: Verdict;
  /** Requests that were under way when the signal came. */
  readonly underWay: number;
  /** Requests that the server had accepted and did not answer whole. */
  readonly lost: readonly string[];
  /** Requests sent after the signal on connections that were closed at that moment, before the server had read them. */
  readonly turnedAway: number;
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** Time under load before the signal, milliseconds, once every client has had so many answers. */
const BEFORE_SIGNAL_MS = 1_500;
const WARM_UP_ANSWERS = 3;

/** SIGTERM under load: clients go on until nobody lets them in, and everything that was accepted has to be answered. */
export async function drainUnderLoad(
  standIns: StandIns,
  { workers, connections, seed }: { readonly workers: number; readonly connections: number; readonly seed: number },
): Promise<Drained> {
  await standIns.tell({ order: 'behave', faultShare: 0, delayMs: 300 });
  const server = await startServer(soakSettings(standIns.ports, { WORKERS: String(workers) }));
  try {
    const ledger = createLedger(SECRETS);
    const requests = createRequests(`drain-${workers}-${seed}`, createRandom(seed + workers));
    let made = 0;
    const counted = {
      next: (kinds: Parameters<typeof requests.next>[0]) => {
        made += 1;
        return requests.next(kinds);
      },
    };
    const sender = createSender(server.port, connections);
    const load = startLoad(connections, sender, counted, ledger, ['write', 'two writes', 'read', 'entities']);
    await warm(ledger, connections * WARM_UP_ANSWERS);
    await pause(BEFORE_SIGNAL_MS);
    const underWay = made - Object.values(ledger.requests).reduce((sum, count) => sum + count, 0);
    const signalledAt = performance.now();
    server.terminate();
    await load.ended;
    sender.close();
    const exitCode = await server.exited;
    const log = server.log();
    const report = await standIns.report();
    // What was sent before the signal had arrived. After it a connection may be closed just when something is sent on it: the
    // system took that, the server never did and knows nothing of it.
    const accepted = ({ id, sentAt }: CutOff) => sentAt < signalledAt || log.includes(`"correlationId":"${id}"`);
    return {
      workers,
      ledger,
      verdict: judge(ledger.writes, report.journal, recordsIn(log)),
      underWay,
      lost: ledger.cutOff.filter(accepted).map(({ id, reason }) => `${id}: accepted, not answered (${reason})`),
      turnedAway: ledger.cutOff.filter((one) => !accepted(one)).length,
      exitCode,
      stderr: server.stderr(),
    };
  } finally {
    await server.remove();
  }
}

/** Waits for so many answers, 60 s at most. */
export async function warm(ledger: Ledger, answers: number): Promise<void> {
  for (let tries = 0; tries < 1_200 && ledger.endings.answered < answers; tries += 1) await pause(50);
}
