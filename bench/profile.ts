import { readFileSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { drive } from './load/drive.ts';
import { buildProcesses, buildProduct, PROJECT } from './measure/build.ts';
import { startProduct } from './measure/candidates.ts';
import { startChild } from './measure/child.ts';
import { cpuMs } from './measure/process-usage.ts';
import { parseOptions, USAGE } from './options.ts';
import { timeByCategory, type SourceOf } from './profile/categories.ts';
import { inspectorUrlIn, profileDuring } from './profile/inspector.ts';
import { machine } from './report/machine.ts';
import { runCommand } from './report/run-command.ts';
import { fixed, table } from './report/table.ts';
import { workloadOf } from './workloads/index.ts';
import type { WorkloadSpec } from './workloads/workload.ts';

/** `npm run bench:profile`: where each microsecond of a request goes, in steady state. */
async function main(): Promise<void> {
  const { specs, rounds, markdown } = parseOptions(process.argv.slice(2));
  buildProduct();
  await buildProcesses(['upstream']);
  const sections = [machine()];
  for (const spec of specs) sections.push(await profile(spec, rounds.connections, rounds.seconds));
  process.stdout.write(`${sections.join('\n\n')}\n`);
  if (markdown !== undefined) writeFileSync(markdown, `${sections.join('\n\n')}\n`);
}

async function profile(spec: WorkloadSpec, connections: number, seconds: number): Promise<string> {
  const { title, requests, data } = workloadOf(spec);
  const upstream = await startChild('upstream', 'load', { spec, delayMs: 0 });
  const product = await startProduct('server', fileURLToPath(PROJECT), upstream.port, ['--inspect=127.0.0.1:0']);
  try {
    const { port, headers, pid } = product;
    const order = { port, headers, requests, data, connections };
    await drive({ ...order, durationMs: 10_000, minRequests: 3_000 });
    let answered = 0;
    let cpuUs = 0;
    const recorded = await profileDuring(inspectorUrlIn(product.stderr()), async () => {
      const before = cpuMs(pid);
      const result = await drive({ ...order, durationMs: seconds * 1_000, minRequests: 1_000 });
      cpuUs = (cpuMs(pid) - before) * 1_000;
      if (result.firstFault !== null) throw new Error(result.firstFault);
      answered = result.answered;
    });
    const times = [...timeByCategory(recorded, bundleSources())].sort(([, a], [, b]) => b - a);
    const total = times.reduce((sum, [, time]) => sum + time, 0);
    const rows = times.map(([name, time]) => [name, fixed(time / answered, 1), `${fixed((time / total) * 100, 1)} %`]);
    rows.push(['total of the profile', fixed(total / answered, 1), '100 %']);
    const note = `${answered} requests; the process used ${fixed(cpuUs / answered, 0)} us of processor time for each, profiling included.`;
    return `${spec.name}: ${title}\n\n${table(['where', 'us/request', 'share'], rows)}\n\n${note}`;
  } finally {
    await Promise.all([product.stop(), upstream.stop()]);
  }
}

/** Finds the source file of a place in the product's bundle. */
function bundleSources(): SourceOf {
  const map = new SourceMap(
    JSON.parse(readFileSync(new URL('dist/main.js.map', PROJECT), 'utf8')) as ConstructorParameters<
      typeof SourceMap
    >[0],
  );
  return (line, column) => {
    const entry = map.findEntry(line, column);
    return 'originalSource' in entry ? entry.originalSource.replace(/^(?:\.\.\/)+/, '') : undefined;
  };
}

runCommand(main, USAGE);
