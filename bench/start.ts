import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { npm, PROJECT, START_ENVIRONMENT } from './measure/build.ts';
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

/** Time without any request before memory is read, milliseconds. */
const REST_MS = 2_000;

/** One way to start one checkout. */
interface Way {
  readonly title: string;
  readonly folder: string;
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  readonly starts: Start[];
}

const USAGE = `npm run bench:start -- [options]

  --runs N             starts of each (7)
  --baseline FOLDER    another checkout with its packages installed, started in turn with this one, with its own options
`;

/** `npm run bench:start`: time from the command to the first 200 of `/readyz`, and memory at rest. */
async function main(): Promise<void> {
  const { runs: text, baseline } = parseTexts(process.argv.slice(2), ['runs', 'baseline']);
  const runs = wholeNumber('--runs', text, 1, 100) ?? 7;
  const ways = waysOf(fileURLToPath(PROJECT), '');
  if (baseline !== undefined) ways.push(...waysOf(resolve(baseline), 'baseline: '));
  // `npm start` bundles: once, so that the first run is like the others.
  for (const folder of new Set(ways.map((way) => way.folder))) npm(['run', '--silent', 'bundle'], folder);
  for (let run = 0; run < runs; run += 1) for (const way of ways) way.starts.push(await start(way));
  const rows = ways.map(({ title, starts }) => {
    const times = starts.map(({ readyMs }) => readyMs);
    const memory = starts.flatMap(({ memoryMiB }) => (memoryMiB === null ? [] : [memoryMiB]));
    return [
      title,
      fixed(median(times), 0),
      fixed(Math.min(...times), 0),
      fixed(Math.max(...times), 0),
      fixed(median(memory), 0),
    ];
  });
  const head = ['command', 'ready after ms', 'least', 'most', 'MiB at rest'];
  process.stdout.write(`${machine()}\n\n${table(head, rows)}\n\n${runs} runs of each in turn, medians.\n`);
}

/** `npm start`, and what it calls once it has bundled. */
function waysOf(folder: string, prefix: string): Way[] {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const script = scripts['start'] ?? '';
  const parameters = /(?<=\bnode )[^&]*dist\/main\.js$/.exec(script)?.[0].split(' ');
  if (parameters === undefined) throw new Error(`npm start in ${folder} does not end with "node ... dist/main.js"`);
  const set = Object.entries(START_ENVIRONMENT).filter(([name]) => script.includes(name));
  return [
    { title: `${prefix}npm start`, folder, command: ['npm', 'start', '--silent'], environment: {}, starts: [] },
    {
      title: `${prefix}node, as npm start calls it`,
      folder,
      command: [process.execPath, ...parameters],
      environment: Object.fromEntries(set),
      starts: [],
    },
  ];
}

async function start({ folder, command: [file, ...parameters], environment }: Way): Promise<Start> {
  const port = await freePort();
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, ...environment, ...productSettings(9), PORT: String(port) };
  const begin = performance.now();
  const child = spawn(file, parameters, {
    cwd: folder,
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

runCommand(main, USAGE);
