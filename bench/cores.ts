import { arrange, type Arrangement, type ArrangementName } from './cores/arrangement.ts';
import { killOneOf, type Killed } from './cores/kill.ts';
import { nginxVersion } from './cores/nginx.ts';
import type { LoadResult } from './load/drive.ts';
import { buildProcesses, buildProduct } from './measure/build.ts';
import { productSettings } from './measure/candidates.ts';
import { startChild } from './measure/child.ts';
import { listOf, parseTexts, wholeNumber } from './options.ts';
import { machine } from './report/machine.ts';
import { runCommand } from './report/run-command.ts';
import { median } from './report/summary.ts';
import { fixed, table } from './report/table.ts';
import { startStandIns } from './soak/stand-ins.ts';
import { WORKLOAD_NAMES, type WorkloadName, type WorkloadSpec } from './workloads/workload.ts';

const USAGE = `npm run bench:cores -- [options]

  --workload NAME   one of W1, W2, W3, W4 (W3)
  --rounds N        slices of each arrangement (3)
  --seconds N       length of a slice (3)
  --connections N   keep-alive connections (64)
  --share N         percent of one processor that each serving process may use, by Linux's control groups (100)
`;

/** `npm run bench:cores`: two processes against one, and what becomes of requests when one of the two is told to end. */
async function main(): Promise<void> {
  const texts = parseTexts(process.argv.slice(2), ['workload', 'rounds', 'seconds', 'connections', 'share']);
  // Where the server has most to do for each byte that the load generator has to handle: on a small machine that one fills a core soon.
  const [name = 'W3'] = listOf<WorkloadName>('--workload', texts.workload, WORKLOAD_NAMES, ['W3']);
  const rounds = wholeNumber('--rounds', texts.rounds, 1, 1_000) ?? 3;
  const seconds = wholeNumber('--seconds', texts.seconds, 1, 600) ?? 3;
  const connections = wholeNumber('--connections', texts.connections, 1, 1_024) ?? 64;
  const share = (wholeNumber('--share', texts.share, 1, 100) ?? 100) / 100;
  buildProduct();
  await buildProcesses(['upstream', 'load', 'stand-ins']);
  const nginx = nginxVersion();
  const limit = share === 1 ? '' : ` Each serving process has ${Math.round(share * 100)} % of a core.`;
  process.stdout.write(`${machine(true)} nginx ${nginx ?? 'is missing'}.${limit}\n`);
  if (nginx === undefined) process.stderr.write('SKIPPED, NOTHING WAS MEASURED BEHIND NGINX: it is not installed\n');
  const behind = nginx === undefined ? [] : (['nginx, one replica', 'nginx, two replicas'] as const);
  const load = { rounds, seconds, connections, share };
  const rows = await throughput({ name }, ['one process', 'WORKERS=2', ...behind], load);
  process.stdout.write(`\n${table([name, 'requests/s', 'least', 'most', 'of one process', 'p99 ms'], rows)}\n`);

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
  const reasons = killed.flatMap((each) => each.reasons);
  for (const reason of new Set(reasons)) {
    process.stdout.write(`\nnginx, ${reasons.filter((other) => other === reason).length} times: ${reason}\n`);
  }
  const violations = killed.flatMap(({ verdict }) => verdict.violations);
  if (violations.length === 0 && killed.every(({ lost }) => lost === 0)) return;
  process.stderr.write(`LOST OR MISREPORTED:\n${violations.join('\n')}\n`);
  process.exitCode = 1;
}

interface Load {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  /** Part of a processor for each serving process. */
  readonly share: number;
}

/** Requests a second of each arrangement, in turn within each round. */
async function throughput(
  spec: WorkloadSpec,
  names: readonly ArrangementName[],
  { rounds, seconds, connections, share }: Load,
): Promise<string[][]> {
  const upstream = await startChild('upstream', 'load', { spec, delayMs: 0 });
  const load = await startChild('load', 'load', spec);
  const arrangements: Arrangement[] = [];
  const results = new Map<string, LoadResult[]>();
  try {
    const settings = productSettings(upstream.port);
    for (const name of names) arrangements.push(await arrange(name, settings, share));
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
