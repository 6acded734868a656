import { setTimeout as pause } from 'node:timers/promises';
import { inspectorUrlIn } from '../profile/inspector.ts';
import { createLedger, recordsIn, type Ledger } from './ledger.ts';
import { startLoad } from './load.ts';
import { readMemory, type Memory } from './memory.ts';
import { createRandom } from './random.ts';
import { createRequests } from './requests.ts';
import { metricsOf, sumOf, untilIdle } from './scrape.ts';
import { createSender } from './send.ts';
import { startServer } from './server.ts';
import { soakSettings } from './settings.ts';
import type { StandIns } from './stand-ins.ts';
import { judge, type Verdict } from './truth.ts';
import { AEGISTER_TOKEN, RADAR_API_KEY, ROUTER_SECRET, type StandInsReport } from './world.ts';

export interface StormOptions {
  readonly seconds: number;
  readonly connections: number;
  readonly seed: number;
  /** Share of calls to a backend that fail. */
  readonly faultShare: number;
}

export interface Storm {
  readonly ledger: Ledger;
  readonly verdict: Verdict;
  readonly standIns: StandInsReport;
  readonly restarts: number;
  readonly outages: number;
  /** Calls turned away by an open breaker. */
  readonly shedByBreaker: number;
  readonly memory: readonly Memory[];
  /** Open files and sockets before the load and after it. */
  readonly openFiles: readonly [before: number | null, after: number | null];
  /** Secrets found in what the server wrote. */
  readonly secretsWritten: readonly string[];
  readonly exitCode: number | null;
  readonly stderr: string;
}

export const SECRETS = [AEGISTER_TOKEN, RADAR_API_KEY, ROUTER_SECRET];

/** One after the other: each backend goes away once and fails once in four of these, milliseconds apart. */
const EVENTS = [
  { order: 'restart', backend: 'aegister', downMs: 300 },
  { order: 'outage', backend: 'radar', forMs: 700 },
  { order: 'restart', backend: 'radar', downMs: 300 },
  { order: 'outage', backend: 'aegister', forMs: 700 },
] as const;
const BETWEEN_EVENTS_MS = 1_000;
const BETWEEN_SAMPLES_MS = 2_000;

/** The long part of the run: everything goes wrong at random, the server stays, and afterwards the books are compared. */
export async function storm(standIns: StandIns, options: StormOptions): Promise<Storm> {
  const { seconds, connections, seed, faultShare } = options;
  const server = await startServer(soakSettings(standIns.ports), ['--inspect=127.0.0.1:0']);
  try {
    const inspector = inspectorUrlIn(server.stderr());
    const addresses = Object.values(standIns.ports).map((port) => `127.0.0.1:${port}`);
    const ledger = createLedger([...SECRETS, ...addresses]);
    const requests = createRequests(`storm-${seed}`, createRandom(seed));
    const start = performance.now();
    const sample = () => readMemory(server.pid, inspector, performance.now() - start);

    // Warm-up: code is compiled, pools and caches are filled. Its writes are judged like all others.
    const warmUp = createSender(server.port, connections);
    const warm = startLoad(connections, warmUp, requests, ledger);
    await pause(Math.max(2_000, seconds * 200));
    await warm.stop();
    const atRest = async () => {
      await untilIdle(server.port);
      await standIns.tell({ order: 'drop connections' });
      return settled(server.openFiles);
    };
    warmUp.close();
    const filesBefore = await atRest();
    const memory = [await sample()];

    await standIns.tell({ order: 'behave', faultShare, delayMs: 20 });
    const sender = createSender(server.port, connections);
    const load = startLoad(connections, sender, requests, ledger);
    const sampling = setInterval(() => void sample().then((one) => memory.push(one)), BETWEEN_SAMPLES_MS);
    const counts = { restart: 0, outage: 0 };
    const end = performance.now() + seconds * 1_000;
    for (let turn = 0; performance.now() + BETWEEN_EVENTS_MS < end; turn += 1) {
      await pause(BETWEEN_EVENTS_MS);
      const event = EVENTS[turn % EVENTS.length] ?? EVENTS[0];
      await standIns.tell(event);
      counts[event.order] += 1;
    }
    await pause(Math.max(0, end - performance.now()));
    await load.stop();
    clearInterval(sampling);
    await standIns.tell({ order: 'behave', faultShare: 0, delayMs: 0 });
    sender.close();
    const filesAfter = await atRest();
    memory.push(await sample());
    const shedByBreaker = sumOf(await metricsOf(server.port), 'upstream_shed_total', 'reason="breaker"');
    server.terminate();
    const exitCode = await server.exited;
    const log = server.log();
    const report = await standIns.report();
    const written = `${log}\n${server.stderr()}`;
    return {
      ledger,
      verdict: judge(ledger.writes, report.journal, recordsIn(log)),
      standIns: report,
      restarts: counts.restart,
      outages: counts.outage,
      shedByBreaker,
      memory,
      openFiles: [filesBefore, filesAfter],
      secretsWritten: SECRETS.filter((secret) => written.includes(secret)),
      exitCode,
      // The inspector announces itself there.
      stderr: server.stderr().replace(/^(?:Debugger |For help|Starting inspector).*\n/gm, ''),
    };
  } finally {
    await server.remove();
  }
}

/** The count once it has stayed the same for a second: sockets take a moment to be gone. */
async function settled(count: () => number | null): Promise<number | null> {
  let last = count();
  for (let same = 0, tries = 0; same < 10 && tries < 100; tries += 1) {
    await pause(100);
    const now = count();
    same = now === last ? same + 1 : 0;
    last = now;
  }
  return last;
}
