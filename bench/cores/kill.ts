import { setTimeout as pause } from 'node:timers/promises';
import { warm } from '../soak/drain.ts';
import { createLedger, recordsIn, type CutOff, type Ledger } from '../soak/ledger.ts';
import { startLoad } from '../soak/load.ts';
import { createRandom } from '../soak/random.ts';
import { createRequests } from '../soak/requests.ts';
import { createSender } from '../soak/send.ts';
import { soakSettings } from '../soak/settings.ts';
import type { StandIns } from '../soak/stand-ins.ts';
import { SECRETS } from '../soak/storm.ts';
import { judge, type Verdict } from '../soak/truth.ts';
import { arrange, type Arrangement, type ArrangementName } from './arrangement.ts';

export interface Killed {
  readonly name: string;
  readonly ledger: Ledger;
  readonly verdict: Verdict;
  /** Requests that a process had accepted and that got no whole answer. */
  readonly lost: number;
  /** Requests sent after the signal on connections that were closed at that moment, before anybody had read them. */
  readonly turnedAway: number;
  /** Answers of the load balancer itself in place of the service's. */
  readonly badGateway: number;
  /** Why, in the load balancer's own words. */
  readonly reasons: readonly string[];
  /** Requests that were answered after the process that was told to end had ended. */
  readonly answeredAfter: number;
}

/** Time under load before SIGTERM, and after the process has ended, milliseconds. */
const BEFORE_MS = 1_500;
const AFTER_MS = 1_500;

/** SIGTERM to one of two processes under load; the other one carries on alone. */
export async function killOneOf(
  name: ArrangementName,
  standIns: StandIns,
  connections: number,
  seed: number,
): Promise<Killed> {
  await standIns.tell({ order: 'behave', faultShare: 0, delayMs: 100 });
  const arrangement = await arrange(name, soakSettings(standIns.ports));
  try {
    const ledger = createLedger(SECRETS);
    const requests = createRequests(`kill-${name.replaceAll(/\W+/g, '-')}-${seed}`, createRandom(seed));
    const sender = createSender(arrangement.port, connections);
    const load = startLoad(connections, sender, requests, ledger, ['write', 'two writes', 'read', 'entities']);
    await warm(ledger, 3 * connections);
    await pause(BEFORE_MS);
    const signalledAt = performance.now();
    await endOne(arrangement);
    const answeredBefore = ledger.endings.answered;
    await pause(AFTER_MS);
    await load.stop();
    sender.close();
    const log = arrangement.servers.map((server) => server.log()).join('\n');
    const report = await standIns.report();
    const accepted = ({ id, sentAt }: CutOff) => sentAt < signalledAt || log.includes(`"correlationId":"${id}"`);
    const lost = ledger.cutOff.filter(accepted).length;
    return {
      name,
      ledger,
      verdict: judge(ledger.writes, report.journal, recordsIn(log)),
      lost,
      turnedAway: ledger.cutOff.length - lost,
      badGateway: ledger.faults.length,
      reasons: arrangement.errors(),
      answeredAfter: ledger.endings.answered - answeredBefore,
    };
  } finally {
    await arrangement.stop();
  }
}

/** Tells the second process to end, a worker where there are workers, and waits until it has. */
async function endOne({ servers }: Arrangement): Promise<void> {
  const [first, second] = servers;
  if (second !== undefined) {
    second.terminate();
    await second.exited;
    return;
  }
  if (first === undefined) return;
  const pids = [...first.log().matchAll(/"pid":(\d+)[^\n]*"msg":"listening"/g)].map(([, pid]) => Number(pid));
  first.terminate(pids.at(-1));
  while (!first.log().includes('a worker died and is replaced')) await pause(50);
}
