import type { CandidateName } from '../measure/candidates.ts';
import type { Slice } from '../measure/rounds.ts';

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** One candidate over all rounds of a workload. Everything but the ratio is the median of the slices. */
export interface Summary {
  readonly candidate: CandidateName;
  readonly cpuUs: number;
  /** LIMIT's processor time divided by the candidate's in the same round; null without LIMIT. */
  readonly ofLimit: Spread | null;
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
  const limits = new Map(slices.filter(({ candidate }) => candidate === 'limit').map((slice) => [slice.round, slice]));
  return names.map((candidate) => {
    const own = slices.filter((slice) => slice.candidate === candidate);
    const middle = (pick: (slice: Slice) => number) => median(own.map(pick));
    const paired = (pick: (limit: Slice, slice: Slice) => number) =>
      own.flatMap((slice) => {
        const limit = limits.get(slice.round);
        return limit === undefined ? [] : [pick(limit, slice)];
      });
    const ratios = paired((limit, slice) => limit.cpuUs / slice.cpuUs);
    const later = paired((limit, slice) => slice.p99Ms - limit.p99Ms);
    return {
      candidate,
      cpuUs: middle(({ cpuUs }) => cpuUs),
      ofLimit:
        ratios.length === 0 ? null : { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) },
      perSecond: middle(({ perSecond }) => perSecond),
      p50Ms: middle(({ p50Ms }) => p50Ms),
      p99Ms: middle(({ p99Ms }) => p99Ms),
      p99OverLimitMs: later.length === 0 ? null : median(later),
      memoryMiB: middle(({ memoryMiB }) => memoryMiB),
      upstreamCalls: middle(({ upstreamCalls }) => upstreamCalls),
    };
  });
}

/** The middle value; the mean of the middle two where there are two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? NaN;
  return (lower + upper) / 2;
}
