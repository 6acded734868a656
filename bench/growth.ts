import { writeFileSync } from 'node:fs';
import { buildProcesses, buildProduct, PROJECT } from './measure/build.ts';
import { measure, type RoundsOptions } from './measure/rounds.ts';
import { parseTexts, wholeNumber } from './options.ts';
import { machine } from './report/machine.ts';
import { plot, type Panel } from './report/plot.ts';
import { runCommand } from './report/run-command.ts';
import { lastSlope, slope } from './report/slope.ts';
import { summarize } from './report/summary.ts';
import { fixed, table } from './report/table.ts';
import type { WorkloadSpec } from './workloads/workload.ts';

interface Growth {
  readonly title: string;
  readonly xLabel: string;
  readonly steps: readonly {
    readonly x: number;
    readonly spec: WorkloadSpec;
    readonly connections?: number;
  }[];
}

const USUAL: RoundsOptions = {
  candidates: ['limit', 'server'],
  rounds: 3,
  seconds: 2,
  warmUpSeconds: 2,
  connections: 32,
  delayMs: 0,
};

/** Large operations come over few connections: 32 of them at once would be another experiment, one about memory. */
function fewer(large: boolean): number {
  return large ? 4 : USUAL.connections;
}

/** What may grow. One thing at a time, everything else as in the workloads of `npm run bench`. */
const GROWTHS: readonly Growth[] = [
  {
    title: 'Findings of a group (W3)',
    xLabel: 'findings',
    steps: [1, 10, 100, 1_000].map((x) => ({ x, spec: { name: 'W3', size: x }, connections: fewer(x >= 1_000) })),
  },
  {
    title: 'Representations of _entities (W4)',
    xLabel: 'representations, one backend call each',
    steps: [1, 10, 100, 1_000].map((x) => ({ x, spec: { name: 'W4', size: x }, connections: fewer(x >= 1_000) })),
  },
  {
    title: 'Size of request and answer (W1)',
    xLabel: 'bytes of the body',
    // Without any free text the body has about one kilobyte; the largest is just below MAX_BODY_BYTES.
    steps: [0, 9_000, 99_000, 990_000].map((size) => ({
      x: size + 1_000,
      spec: { name: 'W1', size },
      connections: fewer(size >= 99_000),
    })),
  },
  {
    title: 'Connections (W1)',
    xLabel: 'connections at once',
    steps: [1, 4, 16, 64, 256].map((x) => ({ x, spec: { name: 'W1' }, connections: x })),
  },
  {
    title: 'Different documents in rotation (W1)',
    xLabel: 'documents',
    steps: [1, 10, 100, 1_000].map((x) => ({ x, spec: { name: 'W1', documents: x } })),
  },
];

const SVG = 'docs/growth.svg';

/** `npm run bench:growth`: how the cost of a request grows, as a table and as a plot. */
async function main(): Promise<void> {
  const { rounds, markdown } = options();
  buildProduct();
  await buildProcesses(['upstream', 'load', 'limit']);
  const panels: Panel[] = [];
  const rows: string[][] = [];
  for (const growth of GROWTHS) {
    const panel = await grow(growth, rounds);
    panels.push(panel);
    for (const { name, points } of panel.series) {
      const costs = points.map(([x, y]) => `${x}: ${fixed(y, y < 100 ? 1 : 0)}`).join(', ');
      rows.push([panel.title, name, costs, fixed(slope(points), 2), fixed(lastSlope(points), 2)]);
    }
    process.stderr.write(`${rows.at(-1)?.join(' | ') ?? ''}\n`);
  }
  const report = `${machine()}\n\n${table(['what grows', 'candidate', 'CPU us/request at each size', 'slope', 'slope of the last step'], rows)}\n`;
  process.stdout.write(report);
  if (markdown !== undefined) writeFileSync(markdown, report);
  const title = 'Processor time of a request, microseconds (both axes logarithmic)';
  writeFileSync(new URL(SVG, PROJECT), plot(title, 'us of CPU', panels));
  process.stdout.write(`\nplot: ${SVG}\n`);
}

async function grow({ title, xLabel, steps }: Growth, rounds: number): Promise<Panel> {
  const points = { LIMIT: [] as [number, number][], server: [] as [number, number][] };
  for (const { x, spec, connections = USUAL.connections } of steps) {
    const warmUpRequests = connections === fewer(true) ? 200 : 1_500;
    const slices = await measure(spec, { ...USUAL, rounds, connections, warmUpRequests });
    for (const { candidate, cpuUs } of summarize(slices)) {
      points[candidate === 'limit' ? 'LIMIT' : 'server'].push([x, cpuUs]);
    }
  }
  return { title, xLabel, series: Object.entries(points).map(([name, own]) => ({ name, points: own })) };
}

function options(): { readonly rounds: number; readonly markdown: string | undefined } {
  const { rounds, markdown } = parseTexts(process.argv.slice(2), ['rounds', 'markdown']);
  return { rounds: wholeNumber('--rounds', rounds, 1, 100) ?? USUAL.rounds, markdown };
}

runCommand(main, 'npm run bench:growth -- [--rounds N] [--markdown FILE]\n');
