import type { FindingLink, JsonObject } from '../../domain.ts';
import { isJsonObject } from '../http/json-answer.ts';
import { unreadableContent } from '../wire-record.ts';
import { RadarFinding } from './finding-record.ts';
import { RADAR } from './name.ts';

/** A list with more unusable elements than this is no list of findings at all; one error stands for it instead of one each. */
const MAX_UNUSABLE = 100;

/**
 * The links in a relation field. Documented here or for sibling resources: a list of ids, a list of objects, `null` after every write
 * (prose), `{}`. Only a list says what is linked; for anything else the answer is null, "not told".
 * @throws UpstreamError `unreadable` when the list holds something else than findings
 */
export function toFindingLinks(relation: unknown): readonly FindingLink[] | null {
  if (!Array.isArray(relation)) return null;
  let unusable = 0;
  return relation.map((element: unknown): FindingLink => {
    const link = toFindingLink(element);
    if (link !== undefined) return link;
    unusable += 1;
    const error = unreadableContent(RADAR, 'a linked finding is neither an id nor a record with one');
    if (unusable > MAX_UNUSABLE) throw error;
    return { kind: 'unusable', error };
  });
}

function toFindingLink(element: unknown): FindingLink | undefined {
  if (typeof element === 'string' && element !== '') return { kind: 'reference', id: element };
  const id = isJsonObject(element) ? recordId(element) : undefined;
  if (!isJsonObject(element) || id === undefined) return undefined;
  // An object with nothing but its id is a reference in another dress: its other fields are unknown, not null.
  // `created_at`, which whole records have as a rule, is looked for first only because that is faster than listing all names.
  if (!('created_at' in element) && Object.keys(element).length === 1) return { kind: 'reference', id };
  return { kind: 'record', id, finding: new RadarFinding(id, element) };
}

/** The record's id, or undefined when it has no usable one. */
export function recordId(record: JsonObject): string | undefined {
  const id = record['id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}
