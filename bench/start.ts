import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildProduct, PROJECT, START_ENVIRONMENT, START_OPTIONS } from './measure/build.ts';
import { productSettings } from './measure/candidates.ts';
import { guard } from './measure/child.ts';
import { freePort } from './measure/free-port.ts';
import { residentMiB } from './measure/process-usage.ts';
import { parseTexts, wholeNumber } from './options.ts';
import { machine } from './report/machine.ts';
import { runCommand } from './report/run-command.ts';
import { median } from './report/summary.ts';
import { fixed, table } from './report/table.ts';

interface Start {
  readonly readyMs: number;
  /** Null where the process that was started is not the server itself. */
  readonly memoryMiB: number | null;
}

const COMMANDS = [
  ['npm', 'start', '--silent'],
  [process.execPath, ...START_OPTIONS, 'dist/main.js'],
] as const;

/** Time without any request before memory is read, milliseconds. */
const REST_MS = 2_000;

/** `npm run bench:start`: time from the command to the first 200 of `/readyz`, and memory at rest. */
async function main(): Promise<void> {
  const { runs: text } = parseTexts(process.argv.slice(2), ['runs']);
  const runs = wholeNumber('--runs', text, 1, 100) ?? 7;
  buildProduct();
  const rows: string[][] = [];
  for (const command of COMMANDS) {
    const starts: Start[] = [];
    for (let run = 0; run < runs; run += 1) starts.push(await start(command));
    const times = starts.map(({ readyMs }) => readyMs);
    const memory = starts.flatMap(({ memoryMiB }) => (memoryMiB === null ? [] : [memoryMiB]));
    rows.push([
      `\`${command.join(' ').replace(process.execPath, 'node')}\``,
      fixed(median(times), 0),
      fixed(Math.min(...times), 0),
      fixed(Math.max(...times), 0),
      fixed(median(memory), 0),
    ]);
  }
  const head = ['command', 'ready after ms', 'least', 'most', 'MiB at rest'];
  process.stdout.write(`${machine()}\n\n${table(head, rows)}\n\n${runs} runs of each, medians.\n`);
}

async function start([file, ...parameters]: readonly [string, ...string[]]): Promise<Start> {
  const port = await freePort();
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ...START_ENVIRONMENT, ...productSettings(9), PORT: String(port) };
  const begin = performance.now();
  const child = spawn(file, parameters, {
    cwd: fileURLToPath(PROJECT),
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    // npm hands a signal on to the server; a group of its own makes sure that nobody else gets it.
    detached: true,
  });
  guard(child);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    while (!(await isReady(port))) {
      if (child.exitCode !== null || performance.now() - begin > 60_000) throw new Error(`${file} does not get ready`);
      await pause(5);
    }
    const readyMs = performance.now() - begin;
    if (file !== process.execPath || child.pid === undefined) return { readyMs, memoryMiB: null };
    await pause(REST_MS);
    return { readyMs, memoryMiB: residentMiB(child.pid) };
  } finally {
    child.kill('SIGTERM');
    await exited;
  }
}

function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/readyz', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false));
  });
}

runCommand(main, 'npm run bench:start -- [--runs N]\n');
