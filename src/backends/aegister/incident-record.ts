import type { Incident, IncidentStatus, JsonObject } from '../../domain.ts';
import { isUuid } from '../../formats.ts';
import { WireRecord } from '../wire-record.ts';
import { statusFromWire } from './mapping.ts';
import { AEGISTER } from './name.ts';

/** The `data` of an answer about one incident. Its key is the one asked for, once the client has checked the answer's own. */
export class AegisterIncident extends WireRecord implements Incident {
  readonly __typename = 'Incident';
  readonly organizationId: string;
  readonly id: string;

  constructor(organizationId: string, id: string, wire: JsonObject) {
    super(AEGISTER, wire);
    this.organizationId = organizationId;
    this.id = id;
  }

  get title(): string | null {
    return this.text('title', this.wire['title']);
  }
  get referenceCode(): string | null {
    return this.text('reference_code', this.wire['reference_code']);
  }
  get status(): IncidentStatus | null {
    const wireStatus = this.text('status', this.wire['status']);
    if (wireStatus === null) return null;
    return statusFromWire(wireStatus) ?? this.misfit('status', 'a documented status');
  }
  get classification(): JsonObject | null {
    return this.object('classification', this.wire['classification']);
  }
  get metadata(): JsonObject | null {
    return this.object('metadata', this.wire['metadata']);
  }
  get acnEvent(): JsonObject | null {
    return this.object('acn_event', this.wire['acn_event']);
  }
  get acnSections(): JsonObject | null {
    return this.object('acn_sections', this.wire['acn_sections']);
  }
  get aiBlob(): JsonObject | null {
    return this.object('ai_blob', this.wire['ai_blob']);
  }
  get phases(): JsonObject | null {
    return this.object('phases', this.wire['phases']);
  }
  get notification24h(): JsonObject | null {
    return this.object('24h_notification', this.wire['24h_notification']);
  }
  get notification72h(): JsonObject | null {
    return this.object('72h_notification', this.wire['72h_notification']);
  }
  get fullReport(): JsonObject | null {
    return this.object('full_report', this.wire['full_report']);
  }
  get createdAt(): string | null {
    return this.dateTime('created_at', this.wire['created_at']);
  }
  get updatedAt(): string | null {
    return this.dateTime('updated_at', this.wire['updated_at']);
  }
  get incidentGroupId(): string | null {
    const code = this.wire['reference_code'];
    // Radar writes its ids in lower case; the same group must not have two ids in a graph.
    return typeof code === 'string' && isUuid(code) ? code.toLowerCase() : null;
  }
}
