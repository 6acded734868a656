import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { LoadResult } from '../load/drive.ts';
import type { UpstreamStats } from '../upstream/upstream.ts';
import { workloadOf } from '../workloads/index.ts';
import type { WorkloadSpec } from '../workloads/workload.ts';
import { startCandidate, type Candidate, type CandidateName, type Kept } from './candidates.ts';
import { startChild, type Child } from './child.ts';
import { cpuMs, residentMiB } from './process-usage.ts';

export interface RoundsOptions {
  readonly candidates: readonly CandidateName[];
  readonly rounds: number;
  readonly seconds: number;
  /** Before the first slice. Node's compiler takes longer with a large program than with a small one, and is not done after 3 s. */
  readonly warmUpSeconds: number;
  /** Least number of requests to warm up with. Absent: 3,000. */
  readonly warmUpRequests?: number;
  readonly connections: number;
  readonly delayMs: number;
  readonly ratePerSecond?: number;
  readonly baseline?: string;
}

/** One candidate under load for one slice of time. */
export interface Slice {
  readonly candidate: CandidateName;
  readonly round: number;
  readonly answered: number;
  /** Processor time of the server's process for each request, microseconds. */
  readonly cpuUs: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Resident memory at the end of the slice. */
  readonly memoryMiB: number;
  /** Calls that arrived at the backends for each operation. */
  readonly upstreamCalls: number;
}

/**
 * Measures one workload: every candidate is started and warmed up, then each round gives each of them one slice in turn, so that what
 * else the machine does meets them all alike.
 * @throws Error as soon as an answer, or a call that a candidate makes, is not the expected one
 */
export async function measure(spec: WorkloadSpec, options: RoundsOptions): Promise<readonly Slice[]> {
  const upstream = await startChild('upstream', 'load', { spec, delayMs: options.delayMs });
  const load = await startChild('load', 'load', spec);
  const candidates: Candidate[] = [];
  try {
    for (const name of options.candidates) {
      candidates.push(await startCandidate(name, spec, upstream.port, options.baseline));
    }
    const answered = new Map<Candidate, number>();
    const bench = { spec, options, upstream, load, answered };
    for (const candidate of candidates) await runSlice(bench, candidate, 0, options.warmUpSeconds);
    const slices: Slice[] = [];
    for (let round = 1; round <= options.rounds; round += 1) {
      // Another one begins each time, so that nobody always runs on the heels of the same neighbour.
      const first = (round - 1) % candidates.length;
      for (const candidate of [...candidates.slice(first), ...candidates.slice(0, first)]) {
        slices.push(await runSlice(bench, candidate, round, options.seconds));
      }
    }
    for (const candidate of candidates) await assertKept(candidate, answered.get(candidate) ?? 0, spec);
    return slices;
  } finally {
    await Promise.all([...candidates, load, upstream].map((process) => process.stop()));
  }
}

interface Bench {
  readonly spec: WorkloadSpec;
  readonly options: RoundsOptions;
  readonly upstream: Child;
  readonly load: Child;
  readonly answered: Map<Candidate, number>;
}

async function runSlice(bench: Bench, candidate: Candidate, round: number, seconds: number): Promise<Slice> {
  const { upstream, load, spec, options } = bench;
  const { pid, port, headers, name } = candidate;
  const { connections, ratePerSecond } = options;
  const durationMs = seconds * 1_000;
  const callsBefore = (await upstream.ask({})) as UpstreamStats;
  const cpuBefore = cpuMs(pid);
  const minRequests = round === 0 ? (options.warmUpRequests ?? 3_000) : 0;
  const slice = { port, headers, connections, durationMs, minRequests, ratePerSecond };
  const result = (await load.ask(slice, 10 * durationMs)) as LoadResult | { readonly error: string };
  const cpu = cpuMs(pid) - cpuBefore;
  const calls = (await upstream.ask({})) as UpstreamStats;
  if ('error' in result) throw new Error(`${spec.name}, ${name}: ${result.error}`);
  if (result.firstFault !== null) throw new Error(`${spec.name}, ${name} answers wrongly: ${result.firstFault}`);
  if (calls.firstFault !== null) throw new Error(`${spec.name}, ${name} calls wrongly: ${calls.firstFault}`);
  if (result.answered === 0) throw new Error(`${spec.name}, ${name} has answered nothing`);
  const upstreamCalls = (calls.calls - callsBefore.calls) / result.answered;
  if (upstreamCalls !== workloadOf(spec).exchanges.length) {
    throw new Error(`${spec.name}, ${name} makes ${upstreamCalls} calls for each operation`);
  }
  bench.answered.set(candidate, (bench.answered.get(candidate) ?? 0) + result.answered);
  return {
    candidate: name,
    round,
    answered: result.answered,
    cpuUs: (cpu * 1_000) / result.answered,
    perSecond: (result.answered * 1_000) / result.elapsedMs,
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
    memoryMiB: residentMiB(pid),
    upstreamCalls,
  };
}

/**
 * The product has to do all of its work while it is measured: a log line and a count for each operation, a record of each write. It writes lines
 * several at once, a moment later, so the log is looked at until they are there, up to `tries` times.
 * @throws Error when something is missing then, or there is more
 */
export async function assertKept(
  candidate: Pick<Candidate, 'name' | 'kept'>,
  answered: number,
  spec: WorkloadSpec,
  tries = 50,
): Promise<void> {
  if (candidate.kept === null) return;
  const writesEach = workloadOf(spec).exchanges.filter(({ method }) => method !== 'GET').length;
  const expected: Kept = { operations: answered, writes: answered * writesEach, counted: answered };
  for (let looked = 1; ; looked += 1) {
    const kept = await candidate.kept();
    if (isDeepStrictEqual(kept, expected)) return;
    if (looked === tries) {
      throw new Error(`${candidate.name} has kept ${JSON.stringify(kept)} instead of ${JSON.stringify(expected)}`);
    }
    await pause(20);
  }
}
