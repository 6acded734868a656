import { writeFileSync } from 'node:fs';
import { buildProcesses, buildProduct, installPeers } from './measure/build.ts';
import { PEERS, programOf, type CandidateName } from './measure/candidates.ts';
import { measure, type RoundsOptions } from './measure/rounds.ts';
import { parseOptions, USAGE } from './options.ts';
import { machine } from './report/machine.ts';
import { runCommand } from './report/run-command.ts';
import { summarize } from './report/summary.ts';
import { summaryTable } from './report/table.ts';
import { workloadOf } from './workloads/index.ts';

/** `npm run bench`: what a request costs this server, and what it costs others. */
async function main(): Promise<void> {
  const { specs, rounds, json, markdown } = parseOptions(process.argv.slice(2));
  await prepare(rounds.candidates);
  const sections = [machine(), conditions(rounds)];
  process.stdout.write(`${sections.join('\n')}\n`);
  const results = [];
  for (const spec of specs) {
    const slices = await measure(spec, rounds);
    const { title } = workloadOf(spec);
    const documents = (spec.documents ?? 1) > 1 ? `, ${spec.documents ?? 1} documents in rotation` : '';
    const section = `${spec.name}: ${title}${documents}\n\n${summaryTable(summarize(slices))}`;
    process.stdout.write(`\n${section}\n`);
    sections.push(section);
    results.push({ spec, title, slices, summaries: summarize(slices) });
  }
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ machine: machine(), rounds, results }, null, 2)}\n`);
  if (markdown !== undefined) writeFileSync(markdown, `${sections.join('\n\n')}\n`);
}

/** Installs and builds what these candidates need. */
async function prepare(candidates: readonly CandidateName[]): Promise<void> {
  if (candidates.some((name) => PEERS.includes(name))) installPeers();
  if (candidates.includes('server')) buildProduct();
  await buildProcesses([
    'upstream',
    'load',
    ...new Set(candidates.filter((name) => name !== 'server' && name !== 'baseline').map(programOf)),
  ]);
}

function conditions({ rounds, seconds, warmUpSeconds, connections, delayMs, ratePerSecond }: RoundsOptions): string {
  const pace = ratePerSecond === undefined ? 'as fast as answers come' : `${ratePerSecond} requests a second`;
  const slices = `${rounds} rounds of ${seconds} s each after ${warmUpSeconds} s of warm-up`;
  return `${slices}; ${connections} connections, ${pace}; backends answer after ${delayMs} ms.`;
}

runCommand(main, USAGE);
