import type { Spread, Summary } from './summary.ts';

/** A Markdown table, columns aligned so that it reads well on a terminal too. The first column is text, the others are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

/** The result of one workload. */
export function summaryTable(summaries: readonly Summary[]): string {
  const head = [
    ...['candidate', 'CPU us/request', 'of LIMIT', 'half of the rounds', 'times server', 'half of the rounds'],
    ...['requests/s', 'p50 ms', 'p99 ms', 'p99 over LIMIT', 'MiB', 'upstream calls'],
  ];
  const rows = summaries.map(
    ({ candidate, cpuUs, ofLimit, timesServer, perSecond, p50Ms, p99Ms, p99OverLimitMs, ...rest }) => [
      candidate === 'limit' ? 'LIMIT' : candidate,
      fixed(cpuUs, cpuUs < 100 ? 1 : 0),
      fixed(ofLimit?.median, 2),
      quartiles(ofLimit),
      fixed(timesServer?.median, 2),
      quartiles(timesServer),
      fixed(perSecond, 0),
      fixed(p50Ms, 2),
      fixed(p99Ms, 2),
      fixed(p99OverLimitMs, 2),
      fixed(rest.memoryMiB, 0),
      fixed(rest.upstreamCalls, 0),
    ],
  );
  return table(head, rows);
}

/** Half of all rounds lie between them. */
function quartiles(spread: Spread | null): string {
  return spread === null ? '-' : `${fixed(spread.lowerQuartile, 2)} to ${fixed(spread.upperQuartile, 2)}`;
}

export function fixed(value: number | null | undefined, digits: number): string {
  return value === null || value === undefined || Number.isNaN(value) ? '-' : value.toFixed(digits);
}
