import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { BENCH } from './build.ts';

/** Which core a process is kept on. */
export type Core = 'server' | 'load';

/** How long a process may take to start or to answer, milliseconds, beside the time of its slice. */
const PATIENCE_MS = 60_000;

/** A process of the benchmark that was told what to do and listens on `port`. */
export interface Child {
  readonly pid: number;
  readonly port: number;
  /** Sends a message and waits for the answer to it. */
  ask(message: object, withinMs?: number): Promise<unknown>;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Whether processes can be kept on a core of their own: the server on one, all the rest on another. */
export const pinned = availableParallelism() > 1 && hasTaskset();

function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A command as it has to be written to run on one core, where that is possible. */
export function commandOn(core: Core, command: readonly string[]): readonly string[] {
  return pinned ? ['taskset', '-c', core === 'server' ? '1' : '0', ...command] : command;
}

/** Keeps a process in mind, so that it cannot outlive the benchmark. */
export function guard(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child));
}

/** Ends a process: in order when it can, by force when that takes too long. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
  if (child.connected) child.disconnect();
  child.kill('SIGTERM');
  await exited;
  clearTimeout(force);
}

/** Starts `processes/<name>.ts` from its bundle with an order. */
export async function startChild(
  name: string,
  core: Core,
  order: object,
  nodeOptions: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<Child> {
  const script = fileURLToPath(new URL(`dist/${name}.js`, BENCH));
  const [file = '', ...parameters] = commandOn(core, [process.execPath, ...nodeOptions, script, JSON.stringify(order)]);
  const env = { ...process.env, NODE_ENV: 'production', ...environment };
  const child = spawn(file, parameters, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  guard(child);
  // One question at a time: whoever waits is told of the next message, or of the end.
  let waiting: ((message: unknown, fault?: Error) => void) | undefined;
  child.on('message', (message) => waiting?.(message));
  child.once('exit', () => waiting?.(undefined, new Error(`${name} has ended`)));
  const answer = (withinMs: number) =>
    new Promise<unknown>((resolve, reject) => {
      const tooLong = setTimeout(() => reject(new Error(`${name} does not answer`)), withinMs);
      waiting = (message, fault) => {
        clearTimeout(tooLong);
        if (fault === undefined) resolve(message);
        else reject(fault);
      };
    });
  const { port } = (await answer(PATIENCE_MS)) as { readonly port: number };
  return {
    pid: child.pid ?? 0,
    port,
    ask(message, withinMs = 0) {
      const answered = answer(withinMs + PATIENCE_MS);
      child.send(message);
      return answered;
    },
    stop: () => end(child),
  };
}
