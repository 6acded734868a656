import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second, whatever the kernel is built with. */
const TICK_MS = 10;

/** Processor time that a process has used so far, all its threads, user and system, milliseconds. */
export function cpuMs(pid: number): number {
  if (process.platform !== 'linux') return clockMs(ps('time', pid));
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The second field is the name in brackets, which may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Resident memory of a process, MiB. */
export function residentMiB(pid: number): number {
  if (process.platform !== 'linux') return Number(ps('rss', pid)) / 1_024;
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kib) / 1_024;
}

function ps(field: string, pid: number): string {
  return execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8' }).trim();
}

/** `[[days-]hours:]minutes:seconds[.fraction]` as milliseconds. */
export function clockMs(text: string): number {
  const [clock = '', days = '0'] = text.split('-').reverse();
  return clock.split(':').reduce((total, part) => total * 60 + Number(part), 0) * 1_000 + Number(days) * 86_400_000;
}
