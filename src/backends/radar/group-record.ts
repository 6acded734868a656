import type { FindingLink, IncidentGroup, JsonObject } from '../../domain.ts';
import { UpstreamError } from '../../errors/upstream-error.ts';
import { isJsonObject } from '../http/json-answer.ts';
import { WireRecord } from '../wire-record.ts';
import { RadarFinding } from './finding-record.ts';
import { RADAR } from './name.ts';

/** A group as an answer describes it. */
export class RadarGroup extends WireRecord implements IncidentGroup {
  readonly id: string;
  readonly findingLinks: readonly FindingLink[] | null;

  /** @param written finding ids that the write answered here has set; they count where the answer itself names none */
  constructor(id: string, wire: JsonObject, written?: readonly string[]) {
    super(RADAR, wire);
    this.id = id;
    this.findingLinks = toFindingLinks(wire['service_asset_findings']) ?? toFindingLinks(written);
  }

  get title(): string | null {
    return this.text('title');
  }
  get description(): string | null {
    return this.text('description');
  }
  get createdAt(): string | null {
    return this.dateTime('created_at');
  }
  get updatedAt(): string | null {
    return this.dateTime('updated_at');
  }
  get incidentsCount(): number | null {
    return this.integer('incidents_count');
  }
  // The `user` and `group` objects beside these are `{}` in the documented answer of an assigned group, so they say nothing.
  get userId(): string | null {
    return this.assignee('user_id');
  }
  get groupId(): string | null {
    return this.assignee('group_id');
  }

  /** How Radar says "nobody" is not documented; null and empty text both can mean nothing else. */
  private assignee(key: string): string | null {
    const id = this.text(key);
    return id === '' ? null : id;
  }
}

/**
 * The links in a relation field. Documented and seen: a list of ids, a list of objects, `null` after every write (prose), `{}`. Only a
 * list says what is linked; for anything else the answer is null, "not told".
 */
export function toFindingLinks(relation: unknown): readonly FindingLink[] | null {
  return Array.isArray(relation) ? relation.map(toFindingLink) : null;
}

function toFindingLink(element: unknown): FindingLink {
  if (typeof element === 'string' && element !== '') return { kind: 'reference', id: element };
  const id = isJsonObject(element) ? recordId(element) : undefined;
  if (!isJsonObject(element) || id === undefined) {
    return { kind: 'unusable', error: unreadable('a linked finding is neither an id nor a record with one') };
  }
  // An object with nothing but its id is a reference in another dress: its other fields are unknown, not null.
  if (Object.keys(element).length === 1) return { kind: 'reference', id };
  return { kind: 'record', id, finding: new RadarFinding(id, element) };
}

/** The record's id, or undefined when it has no usable one. */
export function recordId(record: JsonObject): string | undefined {
  const id = record['id'];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function unreadable(detail: string): UpstreamError {
  return new UpstreamError({ backend: RADAR, kind: 'unreadable', sent: true, status: 200, detail });
}
