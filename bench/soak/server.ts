import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROJECT, START_ENVIRONMENT, START_OPTIONS } from '../measure/build.ts';
import { listeningPort } from '../measure/candidates.ts';
import { end, guard } from '../measure/child.ts';

/** The product as a process, as `npm start` runs it, with everything it writes in files. */
export interface ServerUnderLoad {
  readonly pid: number;
  readonly port: number;
  /** What it wrote so far. */
  readonly log: () => string;
  readonly stderr: () => string;
  /** Open files and sockets; null where the system does not tell. */
  readonly openFiles: () => number | null;
  /** Settles with the exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
  terminate(pid?: number): void;
  /** Ends it, if it has not ended, and removes the files. */
  remove(): Promise<void>;
}

/** Starts `dist/main.js` with these settings and nothing else of our environment; resolves once all its workers listen. */
export async function startServer(
  settings: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): Promise<ServerUnderLoad> {
  const folder = mkdtempSync(join(tmpdir(), 'soak-'));
  const files = { log: join(folder, 'log'), errors: join(folder, 'errors') };
  const child = spawn(process.execPath, [...START_OPTIONS, ...nodeOptions, 'dist/main.js'], {
    cwd: fileURLToPath(PROJECT),
    env: { PATH: process.env['PATH'], ...START_ENVIRONMENT, ...settings },
    stdio: ['ignore', openSync(files.log, 'a'), openSync(files.errors, 'a')],
  });
  guard(child);
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const log = () => readFileSync(files.log, 'utf8');
  const stderr = () => readFileSync(files.errors, 'utf8');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const port = await listeningPort(log, hasEnded, Number(settings['WORKERS'] ?? 1)).catch(() => {
    throw new Error(`dist/main.js does not start: ${stderr()}`);
  });
  const pid = child.pid ?? 0;
  return {
    pid,
    port,
    log,
    stderr,
    openFiles: () => (process.platform === 'linux' ? readdirSync(`/proc/${pid}/fd`).length : null),
    exited,
    terminate: (which = pid) => void process.kill(which, 'SIGTERM'),
    async remove() {
      await end(child);
      rmSync(folder, { recursive: true });
    },
  };
}
