import type { Drained } from './drain.ts';
import type { Storm } from './storm.ts';

/** How much more objects may take at the end than after the warm-up, MiB. Caches fill to their bounds; a leak passes this in a minute. */
const HEAP_MARGIN_MIB = 12;
/** Sockets that may be on their way out when files are counted. */
const FILES_MARGIN = 2;
/** Resident memory that the product promises to stay below, MiB. The inspector comes on top. */
const RESIDENT_LIMIT_MIB = 256;

/** One sentence for each promise that the storm shows to be broken. */
export function brokenByStorm(result: Storm): readonly string[] {
  const { verdict, ledger, memory, openFiles, secretsWritten, exitCode, stderr, standIns, shedByBreaker } = result;
  const broken = [...verdict.violations, ...ledger.faults];
  broken.push(...ledger.canaries.map((text) => `something secret is in an answer: ${text}`));
  broken.push(
    ...secretsWritten.map((secret) => `something secret is in the log or on stderr: ${secret.slice(0, 16)}...`),
  );
  // What the hostile sent too much of may be cut off; nobody else may be.
  const cutOff = ledger.cutOff.filter(({ kind }) => kind !== 'hostile');
  broken.push(...cutOff.map(({ id, reason }) => `${id}: not answered (${reason})`));
  const [first, last] = [memory[0], memory.at(-1)];
  if (first !== undefined && last !== undefined) {
    const grown = last.heapMiB - first.heapMiB;
    if (grown > HEAP_MARGIN_MIB) broken.push(`the heap grew by ${grown.toFixed(1)} MiB`);
  }
  const most = Math.max(...memory.map(({ residentMiB }) => residentMiB));
  if (most > RESIDENT_LIMIT_MIB) broken.push(`resident memory reached ${most.toFixed(0)} MiB`);
  const [before, after] = openFiles;
  if (before !== null && after !== null && after > before + FILES_MARGIN) {
    broken.push(`${before} files and sockets were open before the load, ${after} after it`);
  }
  if (exitCode !== 0) broken.push(`the server ended with ${exitCode}`);
  if (stderr !== '') broken.push(`the server wrote to stderr: ${stderr.slice(0, 500)}`);
  if (standIns.failures > 0)
    broken.push(`${standIns.failures} exceptions inside the stand-ins: the run proves nothing`);
  if (result.outages > 1 && shedByBreaker === 0)
    broken.push('no breaker ever opened: the run proves less than it should');
  if (verdict.told.APPLIED === 0) broken.push('no write was applied: the run proves nothing');
  return broken;
}

/** One sentence for each promise that a SIGTERM under load shows to be broken. */
export function brokenByDrain({
  verdict,
  ledger,
  lost,
  underWay,
  exitCode,
  stderr,
  workers,
}: Drained): readonly string[] {
  const broken = [...verdict.violations, ...ledger.faults, ...ledger.canaries, ...lost];
  if (ledger.endings.refused === 0) broken.push('nobody was refused a connection after SIGTERM');
  if (underWay === 0) broken.push('nothing was under way at SIGTERM: the run proves nothing');
  if (exitCode !== 0) broken.push(`the server ended with ${exitCode}`);
  if (stderr !== '') broken.push(`the server wrote to stderr: ${stderr.slice(0, 500)}`);
  return broken.map((text) => `SIGTERM, WORKERS=${workers}: ${text}`);
}
