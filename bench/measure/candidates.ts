import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { AEGISTER_TOKEN, RADAR_API_KEY } from '../upstream/upstream.ts';
import type { WorkloadSpec } from '../workloads/workload.ts';
import { PROJECT, START_ENVIRONMENT, START_OPTIONS } from './build.ts';
import { commandOn, end, guard, startChild } from './child.ts';
import { LogTally } from './log-tally.ts';

export const CANDIDATE_NAMES = [
  ...(['limit', 'server', 'apollo', 'mercurius'] as const),
  ...(['limit-tuned', 'mercurius-tuned', 'baseline'] as const),
] as const;
export type CandidateName = (typeof CANDIDATE_NAMES)[number];

/** Those that need the packages of `bench/package.json`. */
export const PEERS: readonly CandidateName[] = ['apollo', 'mercurius', 'mercurius-tuned'];

/** Ends the name of a program that is started with the options of node and the environment that `npm start` gives the product. */
const TUNED = '-tuned';

/** The program of a candidate, as it lies in `processes/`. */
export function programOf(name: CandidateName): string {
  return name.endsWith(TUNED) ? name.slice(0, -TUNED.length) : name;
}

export interface Candidate {
  readonly name: CandidateName;
  readonly pid: number;
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What it has kept of its operations so far; null for candidates that keep nothing. */
  readonly kept: (() => Promise<Kept>) | null;
  stop(): Promise<void>;
}

/** What the product keeps of operations. */
export interface Kept {
  /** Log lines about operations. */
  readonly operations: number;
  /** Lines of the record of writes. */
  readonly writes: number;
  /** Operations that its metrics have counted. */
  readonly counted: number;
}

const ROUTER_SECRET = 'bench-router-secret';

/** Starts one of the programs that are compared. @param baseline folder of another checkout, built, for the candidate of that name */
export async function startCandidate(
  name: CandidateName,
  spec: WorkloadSpec,
  upstreamPort: number,
  baseline?: string,
): Promise<Candidate> {
  if (name === 'server') return startProduct(name, fileURLToPath(PROJECT), upstreamPort);
  if (name === 'baseline') return startProduct(name, resolve(baseline ?? ''), upstreamPort);
  const [options, environment] = name.endsWith(TUNED) ? [START_OPTIONS, START_ENVIRONMENT] : [[], {}];
  const { pid, port, stop } = await startChild(programOf(name), 'server', { spec, upstreamPort }, options, environment);
  return { name, pid, port, headers: {}, kept: null, stop };
}

/** What the product is started with: production, with everything on that production has. */
export function productSettings(upstreamPort: number): Record<string, string> {
  const upstream = `http://127.0.0.1:${upstreamPort}`;
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'info',
    ROUTER_SECRET,
    // Deadlines are in force, but a machine that is busy with other things must not strike them.
    OPERATION_TIMEOUT_MS: '120000',
    AEGISTER_TIMEOUT_MS: '60000',
    RADAR_TIMEOUT_MS: '60000',
    AEGISTER_BASE_URL: upstream,
    AEGISTER_TOKEN,
    RADAR_BASE_URL: upstream,
    RADAR_API_KEY,
  };
}

/** The product itself, as `npm start` runs it, its log in a file. @param nodeOptions further options of node */
export async function startProduct(
  name: CandidateName,
  folder: string,
  upstreamPort: number,
  nodeOptions: readonly string[] = [],
): Promise<Candidate & { readonly stderr: () => string }> {
  const logs = mkdtempSync(join(tmpdir(), 'bench-'));
  const logFile = join(logs, 'log');
  const errorFile = join(logs, 'errors');
  const script = join(folder, 'dist/main.js');
  const command = [process.execPath, ...START_OPTIONS, ...nodeOptions, script];
  const [file = '', ...parameters] = commandOn('server', command);
  const child = spawn(file, parameters, {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...START_ENVIRONMENT, ...productSettings(upstreamPort) },
    stdio: ['ignore', openSync(logFile, 'a'), openSync(errorFile, 'a')],
  });
  guard(child);
  const log = () => readFileSync(logFile, 'utf8');
  const tally = new LogTally(logFile);
  const port = await listeningPort(log, () => child.exitCode !== null || child.signalCode !== null).catch(() => {
    throw new Error(`${script} does not start: ${readFileSync(errorFile, 'utf8')}`);
  });
  return {
    name,
    pid: child.pid ?? 0,
    port,
    headers: { 'router-authorization': ROUTER_SECRET },
    kept: async () => {
      const counted = operationsCounted(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
      return { operations: tally.count('operation'), writes: tally.count('audit'), counted };
    },
    stderr: () => readFileSync(errorFile, 'utf8'),
    async stop() {
      await end(child);
      rmSync(logs, { recursive: true });
    },
  };
}

/** Operations of all types in metrics, as Prometheus reads them. */
function operationsCounted(metrics: string): number {
  const counts = metrics.matchAll(/^graphql_operation_duration_seconds_count\{[^}]*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Waits for the log to say where the server listens, as often as it has workers, 30 s at most. */
export async function listeningPort(log: () => string, hasEnded: () => boolean, workers = 1): Promise<number> {
  for (let tries = 0; tries < 1_500 && !hasEnded(); tries += 1) {
    const ports = [...log().matchAll(/"url":"http:\/\/[^"]*:(\d+)"[^\n]*"msg":"listening"/g)].map(([, port]) => port);
    if (ports.length >= workers && ports[0] !== undefined) return Number(ports[0]);
    await pause(20);
  }
  throw new Error('it does not listen');
}
