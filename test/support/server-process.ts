import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface ServerProcess {
  /** Process id of the command itself, which for `npm start` is npm's. */
  readonly pid: number;
  /** Lines of stdout so far, whole. */
  readonly stdout: readonly string[];
  /** Everything written to stderr so far. */
  readonly stderr: () => string;
  /** Settles with the first log line, past ones included, that has this `msg`; rejects when the process ends without it. */
  logged(message: string): Promise<Readonly<Record<string, unknown>>>;
  /** Settles as soon as the log lines so far are as wanted; rejects when the process ends before. */
  loggedLines(areWanted: (entries: readonly Readonly<Record<string, unknown>>[]) => boolean): Promise<void>;
  /** Settles with everything on stdout so far as soon as that holds a text; rejects when the process ends without it. */
  printed(text: string): Promise<string>;
  /** Settles with how the process ended, once all its output is read. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Sends a signal to this one process, none of its children. */
  kill(signal: NodeJS.Signals): void;
}

const running = new Set<number>();

/** Starts the real server by a command of this project, with these settings and nothing else of our own environment. */
export function startProcess(command: readonly [string, ...string[]], settings: Readonly<Record<string, string>>) {
  const [file, ...parameters] = command;
  const child = spawn(file, parameters, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_UPDATE_NOTIFIER: '1', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: a failed test can then end whatever npm left behind. Signals of tests go to one process only.
    detached: true,
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${file} cannot be started`);
  running.add(pid);

  const stdout: string[] = [];
  const waiting = new Set<() => void>();
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    stdout.push(line);
    for (const check of waiting) check();
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });

  /** Settles with what `find` finds after some line of stdout; rejects when the process ends without `what`. */
  const found = <T>(what: string, find: () => T | undefined) =>
    new Promise<T>((resolve, reject) => {
      const check = () => {
        const value = find();
        if (value === undefined) return;
        waiting.delete(check);
        resolve(value);
      };
      waiting.add(check);
      check();
      child.once('exit', (code, signal) => {
        reject(new Error(`ended with ${String(code ?? signal)} before "${what}": ${stderr}`));
      });
    });

  const server: ServerProcess = {
    pid,
    stdout,
    stderr: () => stderr,
    logged: (message) => found(message, () => stdout.map(logEntry).find((entry) => entry?.['msg'] === message)),
    printed: (text) => found(text, () => (stdout.join('\n').includes(text) ? stdout.join('\n') : undefined)),
    async loggedLines(areWanted) {
      await found('the log said so', () => areWanted(entriesOf(stdout)) || undefined);
    },
    exited,
    kill: (signal) => void process.kill(pid, signal),
  };
  return server;
}

/** Where a started server listens. */
export async function addressOf(server: ServerProcess): Promise<string> {
  const { url } = await server.logged('listening');
  if (typeof url !== 'string') throw new Error('the log does not say where the server listens');
  return url;
}

function entriesOf(lines: readonly string[]): readonly Readonly<Record<string, unknown>>[] {
  return lines.map(logEntry).filter((entry) => entry !== undefined);
}

/** The object in a log line, or undefined when the line is no JSON object. */
export function logEntry(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Ends every process that was started here and the children of each. For `afterEach`. */
export function endProcesses(): void {
  for (const pid of running) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // The whole group has ended already, as it should.
    }
  }
  running.clear();
}
