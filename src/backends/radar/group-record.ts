import type { FindingLink, IncidentGroup, JsonObject } from '../../domain.ts';
import { WireRecord } from '../wire-record.ts';
import { toFindingLinks } from './finding-links.ts';
import { RADAR } from './name.ts';

/** A group as an answer describes it. */
export class RadarGroup extends WireRecord implements IncidentGroup {
  readonly __typename = 'IncidentGroup';
  readonly id: string;
  readonly #written: readonly string[] | undefined;
  #findingLinks: readonly FindingLink[] | null | undefined;

  /** @param written finding ids that the write answered here has set; they count where the answer itself names none */
  constructor(id: string, wire: JsonObject, written?: readonly string[]) {
    super(RADAR, wire);
    this.id = id;
    this.#written = written;
  }

  /** Read when asked for, since most operations do not. */
  get findingLinks(): readonly FindingLink[] | null {
    this.#findingLinks ??= toFindingLinks(this.wire['service_asset_findings']) ?? toFindingLinks(this.#written);
    return this.#findingLinks;
  }

  get title(): string | null {
    return this.text('title', this.wire['title']);
  }
  get description(): string | null {
    return this.text('description', this.wire['description']);
  }
  get createdAt(): string | null {
    return this.dateTime('created_at', this.wire['created_at']);
  }
  get updatedAt(): string | null {
    return this.dateTime('updated_at', this.wire['updated_at']);
  }
  get incidentsCount(): number | null {
    return this.integer('incidents_count', this.wire['incidents_count']);
  }
  // The `user` and `group` objects beside these are `{}` in the documented answer of an assigned group, so they say nothing.
  get userId(): string | null {
    return assignee(this.text('user_id', this.wire['user_id']));
  }
  get groupId(): string | null {
    return assignee(this.text('group_id', this.wire['group_id']));
  }
}

/** How Radar says "nobody" is not documented; null and empty text both can mean nothing else. */
function assignee(id: string | null): string | null {
  return id === '' ? null : id;
}
