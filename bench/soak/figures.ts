import { fixed, table } from '../report/table.ts';
import type { Drained } from './drain.ts';
import { growthPerMinute } from './memory.ts';
import type { Storm } from './storm.ts';

type Counts = Readonly<Record<string, number>>;

const sum = (counts: Counts) => Object.values(counts).reduce((total, count) => total + count, 0);
const list = (counts: Counts) =>
  Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

/** The figures of the storm. */
export function stormTable({ ledger, verdict, standIns, memory, openFiles, ...rest }: Storm): string {
  const [first, last] = [memory[0], memory.at(-1)];
  const slope = growthPerMinute(memory, ({ heapMiB }) => heapMiB);
  const rows = [
    ['requests', String(sum(ledger.requests)), list(ledger.requests)],
    ['ends of requests', '', list(ledger.endings)],
    ['calls to backends', String(standIns.calls), ''],
    ['faults injected', String(sum(standIns.faults)), 'by kind below'],
    ['restarts of a backend', String(rest.restarts), ''],
    ['outages of a backend', String(rest.outages), `${rest.shedByBreaker} calls turned away by open breakers`],
    ['writes asked for', String(sum(verdict.told)), list(verdict.told)],
    ['writes applied', String(standIns.journal.length), `${verdict.unknownApplied} of those told UNKNOWN`],
    ['lost or misreported', String(verdict.violations.length), ''],
    ['5xx, or let in by mistake', String(ledger.faults.length), ''],
    ['canaries found', String(ledger.canaries.length + rest.secretsWritten.length), 'in answers, log and stderr'],
    ['heap, MiB', `${fixed(first?.heapMiB, 1)} -> ${fixed(last?.heapMiB, 1)}`, `${fixed(slope, 2)} a minute`],
    ['resident, MiB', `${fixed(first?.residentMiB, 0)} -> ${fixed(last?.residentMiB, 0)}`, `${memory.length} samples`],
    ['files and sockets', openFiles.map((count) => count ?? '-').join(' -> '), 'after the warm-up, at the end'],
    ['exit code', String(rest.exitCode), ''],
  ];
  return `${table(['faults and restarts under load', 'figure', 'of which'], rows)}\n\nFaults: ${list(standIns.faults)}.`;
}

/** The figures of a SIGTERM under load. */
export function drainTable({ workers, ledger, verdict, underWay, lost, turnedAway, exitCode }: Drained): string {
  const rows = [
    ['requests', String(sum(ledger.requests)), list(ledger.endings)],
    ['under way at the signal', String(underWay), ''],
    ['accepted and lost', String(lost.length), ''],
    [
      'not accepted any more',
      String(ledger.endings.refused),
      `beside ${turnedAway} on connections that were closed just then`,
    ],
    ['writes', String(sum(verdict.told)), list(verdict.told)],
    ['lost or misreported', String(verdict.violations.length), ''],
    ['exit code', String(exitCode), ''],
  ];
  return table([`SIGTERM under load, WORKERS=${workers}`, 'figure', 'of which'], rows);
}
