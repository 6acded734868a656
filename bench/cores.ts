import { arrange, type Arrangement, type ArrangementName } from './cores/arrangement.ts';
import { killOneOf, type Killed } from './cores/kill.ts';
import { nginxVersion } from './cores/nginx.ts';
import type { LoadResult } from './load/drive.ts';
import { buildProcesses, buildProduct } from './measure/build.ts';
import { productSettings } from './measure/candidates.ts';
import { startChild } from './measure/child.ts';
import { parseTexts, wholeNumber } from './options.ts';
import { machine } from './report/machine.ts';
import { runCommand } from './report/run-command.ts';
import { median } from './report/summary.ts';
import { fixed, table } from './report/table.ts';
import { startStandIns } from './soak/stand-ins.ts';

const USAGE = `npm run bench:cores -- [options]

  --rounds N        slices of each arrangement (3)
  --seconds N       length of a slice (3)
  --connections N   keep-alive connections (64)
`;

const WORKLOAD = { name: 'W1' } as const;

/** `npm run bench:cores`: two processes against one, and what becomes of requests when one of the two is told to end. */
async function main(): Promise<void> {
  const texts = parseTexts(process.argv.slice(2), ['rounds', 'seconds', 'connections']);
  const rounds = wholeNumber('--rounds', texts.rounds, 1, 1_000) ?? 3;
  const seconds = wholeNumber('--seconds', texts.seconds, 1, 600) ?? 3;
  const connections = wholeNumber('--connections', texts.connections, 1, 1_024) ?? 64;
  buildProduct();
  await buildProcesses(['upstream', 'load', 'stand-ins']);
  const nginx = nginxVersion();
  process.stdout.write(`${machine(true)} nginx ${nginx ?? 'is missing'}.\n`);
  if (nginx === undefined) process.stderr.write('SKIPPED, NOTHING WAS MEASURED BEHIND NGINX: it is not installed\n');
  const behind = nginx === undefined ? [] : (['nginx, one replica', 'nginx, two replicas'] as const);
  const rows = await throughput(['one process', 'WORKERS=2', ...behind], rounds, seconds, connections);
  process.stdout.write(`\n${table(['W1', 'requests/s', 'least', 'most', 'of one process', 'p99 ms'], rows)}\n`);

  const standIns = await startStandIns(1);
  const killed: Killed[] = [];
  try {
    for (const name of ['WORKERS=2', ...behind.slice(1)] as const) {
      killed.push(await killOneOf(name, standIns, connections, 1));
    }
  } finally {
    await standIns.stop();
  }
  process.stdout.write(`\n${killTable(killed)}\n`);
  const violations = killed.flatMap(({ verdict }) => verdict.violations);
  if (violations.length === 0 && killed.every(({ lost }) => lost === 0)) return;
  process.stderr.write(`LOST OR MISREPORTED:\n${violations.join('\n')}\n`);
  process.exitCode = 1;
}

/** Requests a second of each arrangement, in turn within each round. */
async function throughput(
  names: readonly ArrangementName[],
  rounds: number,
  seconds: number,
  connections: number,
): Promise<string[][]> {
  const upstream = await startChild('upstream', 'load', { spec: WORKLOAD, delayMs: 0 });
  const load = await startChild('load', 'load', WORKLOAD);
  const arrangements: Arrangement[] = [];
  const results = new Map<string, LoadResult[]>();
  try {
    const settings = productSettings(upstream.port);
    for (const name of names) arrangements.push(await arrange(name, settings));
    const headers = { 'router-authorization': settings['ROUTER_SECRET'] ?? '' };
    for (let round = 0; round <= rounds; round += 1) {
      for (const { name, port } of arrangements) {
        const durationMs = seconds * 1_000;
        const minRequests = round === 0 ? 3_000 : 0;
        const slice = { port, headers, connections, durationMs, minRequests };
        const result = (await load.ask(slice, 10 * durationMs)) as LoadResult;
        if (result.firstFault !== null) throw new Error(`${name} answers wrongly: ${result.firstFault}`);
        // The first round is for warming up.
        if (round > 0) results.set(name, [...(results.get(name) ?? []), result]);
      }
    }
  } finally {
    await Promise.all([...arrangements, load, upstream].map((each) => each.stop()));
  }
  const rates = (name: string) =>
    (results.get(name) ?? []).map(({ answered, elapsedMs }) => (answered * 1_000) / elapsedMs);
  const ofOne = (name: string) => median(rates(name).map((rate, round) => rate / (rates('one process')[round] ?? NaN)));
  return names.map((name) => [
    name,
    fixed(median(rates(name)), 0),
    fixed(Math.min(...rates(name)), 0),
    fixed(Math.max(...rates(name)), 0),
    fixed(ofOne(name), 2),
    fixed(median((results.get(name) ?? []).map(({ p99Ms }) => p99Ms)), 1),
  ]);
}

function killTable(killed: readonly Killed[]): string {
  const rows = killed.map(({ name, ledger, verdict, ...rest }) => [
    name,
    String(ledger.endings.answered),
    String(rest.answeredAfter),
    String(rest.lost),
    String(rest.turnedAway + ledger.endings.refused),
    String(rest.badGateway),
    String(verdict.violations.length),
  ]);
  const head = [
    'SIGTERM to one of two',
    'answered',
    'of them after',
    'lost',
    'turned away',
    '502 of nginx',
    'misreported',
  ];
  return table(head, rows);
}

runCommand(main, USAGE);
