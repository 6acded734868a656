import { buildProcesses, buildProduct } from './measure/build.ts';
import { parseTexts, wholeNumber } from './options.ts';
import { machine } from './report/machine.ts';
import { runCommand } from './report/run-command.ts';
import { drainUnderLoad } from './soak/drain.ts';
import { brokenByDrain, brokenByStorm } from './soak/invariants.ts';
import { drainTable, stormTable } from './soak/figures.ts';
import { startStandIns } from './soak/stand-ins.ts';
import { storm } from './soak/storm.ts';

const USAGE = `npm run soak -- [options]

  --seconds N       length of the load with faults (60); beside it there are a warm-up and two orderly ends
  --connections N   clients at once (32)
  --faults N        percent of the calls to a backend that fail (15)
  --seed N          of the choice of requests and faults (1)
`;

/** `npm run soak`: load, faults and restarts at once; then what clients were told is held against what the backends did. */
async function main(): Promise<void> {
  const texts = parseTexts(process.argv.slice(2), ['seconds', 'connections', 'faults', 'seed']);
  const seconds = wholeNumber('--seconds', texts.seconds, 1, 86_400) ?? 60;
  const connections = wholeNumber('--connections', texts.connections, 1, 1_024) ?? 32;
  const faultShare = (wholeNumber('--faults', texts.faults, 0, 100) ?? 15) / 100;
  const seed = wholeNumber('--seed', texts.seed, 0, 2 ** 31) ?? 1;
  buildProduct();
  await buildProcesses(['stand-ins']);
  process.stdout.write(`${machine(true)}\n${seconds} s, ${connections} connections, seed ${seed}.\n`);

  const standIns = await startStandIns(seed);
  const broken: string[] = [];
  try {
    const result = await storm(standIns, { seconds, connections, seed, faultShare });
    process.stdout.write(`\n${stormTable(result)}\n`);
    broken.push(...brokenByStorm(result));
    for (const workers of [1, 2]) {
      const drained = await drainUnderLoad(standIns, { workers, connections, seed });
      process.stdout.write(`\n${drainTable(drained)}\n`);
      broken.push(...brokenByDrain(drained));
    }
  } finally {
    await standIns.stop();
  }
  if (broken.length === 0) return void process.stdout.write('\nNothing lost, nothing misreported.\n');
  process.stderr.write(`\nBROKEN (${broken.length}):\n${broken.slice(0, 50).join('\n')}\n`);
  process.exitCode = 1;
}

runCommand(main, USAGE);
