import { residentMiB } from '../measure/process-usage.ts';
import { heapMiB } from '../profile/inspector.ts';

/** Memory of the server at one moment. */
export interface Memory {
  /** Seconds since the run began. */
  readonly atSeconds: number;
  readonly residentMiB: number;
  /** What objects take, all garbage gone. */
  readonly heapMiB: number;
}

/** @param atMs since the run began, milliseconds */
export async function readMemory(pid: number, inspectorUrl: string, atMs: number): Promise<Memory> {
  const heap = await heapMiB(inspectorUrl);
  return { atSeconds: atMs / 1_000, residentMiB: residentMiB(pid), heapMiB: heap };
}

/** How fast a figure grows over all samples, MiB a minute: the line that fits best. */
export function growthPerMinute(samples: readonly Memory[], pick: (sample: Memory) => number): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanTime = mean(samples.map(({ atSeconds }) => atSeconds));
  const meanValue = mean(samples.map(pick));
  const covariance = samples.reduce(
    (sum, sample) => sum + (sample.atSeconds - meanTime) * (pick(sample) - meanValue),
    0,
  );
  const variance = samples.reduce((sum, { atSeconds }) => sum + (atSeconds - meanTime) ** 2, 0);
  return (covariance / variance) * 60;
}
