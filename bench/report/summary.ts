import type { CandidateName } from '../measure/candidates.ts';
import type { Slice } from '../measure/rounds.ts';

/** A ratio within the same round, over all rounds. Half of the rounds lie between the quartiles. */
export interface Spread {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

/** One candidate over all rounds of a workload. Everything but the ratios is the median of the slices. */
export interface Summary {
  readonly candidate: CandidateName;
  readonly cpuUs: number;
  /** LIMIT's processor time divided by the candidate's in the same round; null without LIMIT. */
  readonly ofLimit: Spread | null;
  /** The candidate's processor time divided by this server's in the same round; null without the server. */
  readonly timesServer: Spread | null;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** How much the 99th percentile lies above LIMIT's of the same round, milliseconds; null without LIMIT. */
  readonly p99OverLimitMs: number | null;
  readonly memoryMiB: number;
  readonly upstreamCalls: number;
}

/** What the slices of one workload say about each candidate, in the order they first ran. */
export function summarize(slices: readonly Slice[]): readonly Summary[] {
  const names = [...new Set(slices.map(({ candidate }) => candidate))];
  const roundsOf = (name: CandidateName) =>
    new Map(slices.filter(({ candidate }) => candidate === name).map((slice) => [slice.round, slice]));
  const limits = roundsOf('limit');
  const servers = roundsOf('server');
  return names.map((candidate) => {
    const own = slices.filter((slice) => slice.candidate === candidate);
    const middle = (pick: (slice: Slice) => number) => median(own.map(pick));
    const paired = (others: ReadonlyMap<number, Slice>, pick: (other: Slice, slice: Slice) => number) =>
      own.flatMap((slice) => {
        const other = others.get(slice.round);
        return other === undefined ? [] : [pick(other, slice)];
      });
    const later = paired(limits, (limit, slice) => slice.p99Ms - limit.p99Ms);
    return {
      candidate,
      cpuUs: middle(({ cpuUs }) => cpuUs),
      ofLimit: spreadOf(paired(limits, (limit, slice) => limit.cpuUs / slice.cpuUs)),
      timesServer: spreadOf(paired(servers, (server, slice) => slice.cpuUs / server.cpuUs)),
      perSecond: middle(({ perSecond }) => perSecond),
      p50Ms: middle(({ p50Ms }) => p50Ms),
      p99Ms: middle(({ p99Ms }) => p99Ms),
      p99OverLimitMs: later.length === 0 ? null : median(later),
      memoryMiB: middle(({ memoryMiB }) => memoryMiB),
      upstreamCalls: middle(({ upstreamCalls }) => upstreamCalls),
    };
  });
}

function spreadOf(ratios: readonly number[]): Spread | null {
  if (ratios.length === 0) return null;
  return { median: median(ratios), lowerQuartile: quantile(ratios, 0.25), upperQuartile: quantile(ratios, 0.75) };
}

/** The middle value; the mean of the middle two where there are two. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which that part of all lies; between two of them in proportion. */
function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const lower = sorted[Math.floor(place)] ?? NaN;
  const upper = sorted[Math.ceil(place)] ?? NaN;
  return lower + (upper - lower) * (place - Math.floor(place));
}
