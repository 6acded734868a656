import type { Outcome } from '../../src/errors/codes.ts';

/**
 * What the client was told of a write. `REFUSED`: the whole request was turned away before it ran. `NOTHING`: no answer reached the
 * client, because it left or because it was cut off.
 */
export type Told = Outcome | 'REFUSED' | 'NOTHING';

/** One write that a client asked for. */
export interface Write {
  /** Correlation id and mutation field; no two writes share one. */
  readonly id: string;
  /** What it sets; no two writes set the same. */
  readonly value: string;
  readonly told: Told;
}

/** One line of the record of writes, as the service wrote it. */
export interface Recorded {
  readonly id: string;
  readonly outcome: string;
}

export interface Verdict {
  readonly told: Readonly<Record<Told, number>>;
  /** Of those told `UNKNOWN`, how many were applied. */
  readonly unknownApplied: number;
  /** One sentence for each write that was lost, doubled, misreported or badly recorded. Empty when all is well. */
  readonly violations: readonly string[];
}

/**
 * How often a write may have been applied. Never twice: the service sends a write again only when the send before changed nothing.
 */
const ALLOWED: Readonly<Record<Told, readonly number[]>> = {
  APPLIED: [1],
  NOT_APPLIED: [0],
  UNKNOWN: [0, 1],
  REFUSED: [0],
  NOTHING: [0, 1],
};

/**
 * Holds what clients were told against what the backends did and what the service recorded.
 * @param journal the value of each write that a backend applied, once for each time
 * @param records all lines of the record of writes
 */
export function judge(writes: readonly Write[], journal: readonly string[], records: readonly Recorded[]): Verdict {
  const told: Record<Told, number> = { APPLIED: 0, NOT_APPLIED: 0, UNKNOWN: 0, REFUSED: 0, NOTHING: 0 };
  const violations: string[] = [];
  const applied = new Map<string, number>();
  for (const value of journal) applied.set(value, (applied.get(value) ?? 0) + 1);
  const recorded = new Map<string, string[]>();
  for (const { id, outcome } of records) recorded.set(id, [...(recorded.get(id) ?? []), outcome]);
  let unknownApplied = 0;
  for (const write of writes) {
    told[write.told] += 1;
    const times = applied.get(write.value) ?? 0;
    const outcomes = recorded.get(write.id) ?? [];
    applied.delete(write.value);
    recorded.delete(write.id);
    if (write.told === 'UNKNOWN') unknownApplied += times;
    if (!ALLOWED[write.told].includes(times)) {
      violations.push(`${write.id}: the client was told ${write.told}, and it was applied ${times} times`);
    }
    const fault = faultOfRecord(write.told, times, outcomes);
    if (fault !== undefined) violations.push(`${write.id}: ${fault}`);
  }
  for (const value of applied.keys()) violations.push(`${value}: applied, and nobody asked for it`);
  for (const id of recorded.keys()) violations.push(`${id}: recorded, and nobody asked for it`);
  return { told, unknownApplied, violations };
}

/** What is wrong with the lines that the service wrote about one write, or undefined. */
function faultOfRecord(told: Told, times: number, outcomes: readonly string[]): string | undefined {
  const lines = outcomes.length === 0 ? 'no line' : outcomes.join(' and ');
  if (told === 'REFUSED') return outcomes.length === 0 ? undefined : `refused before it ran, but recorded as ${lines}`;
  if (told !== 'NOTHING') {
    const same = outcomes.length === 1 && outcomes[0] === told;
    return same ? undefined : `the client was told ${told}, the record has ${lines}`;
  }
  if (outcomes.length > 1) return `recorded more than once: ${lines}`;
  const outcome = outcomes[0] ?? 'NOT_APPLIED';
  const fits =
    outcome === 'UNKNOWN' || (outcome === 'APPLIED' && times === 1) || (outcome === 'NOT_APPLIED' && times === 0);
  return fits ? undefined : `applied ${times} times, the record has ${lines}`;
}
