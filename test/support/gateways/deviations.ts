import { expectedOutcome, type Way } from './update-matrix.ts';
import { hiveRustPlanner } from './hive.ts';
import type { Outcome } from './outcome.ts';
import type { UpdateCase } from '../partial-update-cases.ts';

/** Where a gateway does something of its own to an update. Asserted like everything else, so a release that mends it shows. */
interface Deviation {
  readonly gateway: string;
  readonly way: Way;
  /** For readers of the table. */
  readonly note: string;
  /** The body that arrives instead. */
  bodyOf(body: string): string;
}

export const deviations: readonly Deviation[] = [
  {
    gateway: hiveRustPlanner.name,
    way: 'a literal',
    note: 'The keys of a JSON object written out in the query arrive in alphabetical order, with the same values. Nothing to do: the order of keys means nothing in JSON.',
    bodyOf: sortInnerKeys,
  },
];

/** What this gateway makes of the case, and the note about it where that is not what the contract says. */
export function outcomeThrough(gateway: string, given: UpdateCase, way: Way): { outcome: Outcome; note?: string } {
  const { expected } = given;
  const outcome = expectedOutcome(given);
  const deviation = deviations.find((one) => one.gateway === gateway && one.way === way);
  if (expected.kind !== 'sent' || deviation === undefined) return { outcome };
  const body = deviation.bodyOf(expected.body);
  if (body === expected.body) return { outcome };
  return { outcome: expectedOutcome({ ...given, expected: { kind: 'sent', body } }), note: deviation.note };
}

/** Sorts the keys of every object but the outermost, whose order is this service's own. */
function sortInnerKeys(body: string): string {
  const sort = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sort);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
    return Object.fromEntries(entries.map(([key, inner]) => [key, sort(inner)]));
  };
  const fields = JSON.parse(body) as Readonly<Record<string, unknown>>;
  return JSON.stringify(Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, sort(value)])));
}
