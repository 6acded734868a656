import * as fc from 'fast-check';
import { expect } from 'vitest';

/** `npm run fuzz` sets it: how many times the usual number of runs. */
const factor = Number(process.env['FUZZ_RUNS'] ?? '1');
/** Repeats the runs of a failure, whose report names its seed. */
const seed = process.env['FUZZ_SEED'];

/** Time for a property, milliseconds. It is there for a property that hangs, not to measure anything. */
export const FUZZ_TIMEOUT = 120_000 * factor;

export interface Fuzzing {
  /** What is counted, in the words of the report. */
  readonly title: string;
  /** How many runs there are in `npm test`. */
  readonly runs: number;
  /** What has to come up at least once, so that the property says something. */
  readonly kinds: readonly string[];
}

/**
 * Checks a property over that many random values, and that each kind of case was among them.
 * @param property is given `count`, to be told the kind of each case
 * @throws Error with the smallest value found that breaks the property, and the seed to repeat it
 */
export async function expectProperty<Values extends [unknown, ...unknown[]]>(
  { title, runs, kinds }: Fuzzing,
  property: (count: (kind: string) => void) => fc.IAsyncProperty<Values>,
): Promise<void> {
  const counts = new Map<string, number>(kinds.map((kind) => [kind, 0]));
  const numRuns = runs * factor;
  const details = await fc.check(
    property((kind) => void counts.set(kind, (counts.get(kind) ?? 0) + 1)),
    { numRuns, ...(seed !== undefined && { seed: Number(seed) }) },
  );
  if (details.failed) throw new Error(await fc.asyncDefaultReportMessage(details), { cause: details.errorInstance });
  console.info(`fuzz, ${title}: ${details.numRuns} runs, ${JSON.stringify(Object.fromEntries(counts))}`);
  expect(details.numRuns).toBe(numRuns);
  expect(kinds.filter((kind) => counts.get(kind) === 0)).toEqual([]);
}
