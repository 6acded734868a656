import type { IncidentStatus, JsonObject } from '../../domain.ts';
import type { UpdateIncidentCommand } from '../../validation/update-incident.ts';

/** Command field to wire name, in the order of the vendor's example body. The ids travel in the path. */
const WIRE_NAMES = {
  title: 'title',
  referenceCode: 'reference_code',
  classification: 'classification',
  metadata: 'metadata',
  status: 'status',
  subjectType: 'subject_type',
  notification24h: '24h_notification',
  notification72h: '72h_notification',
  fullReport: 'full_report',
} as const satisfies Record<keyof UpdateIncidentCommand['changes'], string>;

const WIRE_ENTRIES = Object.entries(WIRE_NAMES);

const STATUS_TO_WIRE = {
  DRAFT: 'draft',
  SUBMITTED: 'submitted',
  CLOSED: 'closed',
} as const satisfies Record<IncidentStatus, string>;

const FIELD_BY_WIRE_NAME: ReadonlyMap<string, string> = new Map(
  WIRE_ENTRIES.map(([field, wireName]) => [wireName, field]),
);

const STATUS_BY_WIRE: ReadonlyMap<string, IncidentStatus> = new Map([
  [STATUS_TO_WIRE.DRAFT, 'DRAFT'],
  [STATUS_TO_WIRE.SUBMITTED, 'SUBMITTED'],
  [STATUS_TO_WIRE.CLOSED, 'CLOSED'],
]);

/** The PATCH body: exactly the fields that change, each under its wire name. An absent field stays an absent key. */
export function toPatchBody({ changes }: UpdateIncidentCommand): JsonObject {
  const body: Record<string, unknown> = {};
  for (const [field, wireName] of WIRE_ENTRIES) {
    const value = changes[field as keyof typeof WIRE_NAMES];
    if (value !== undefined) body[wireName] = value;
  }
  if (changes.status !== undefined) body['status'] = STATUS_TO_WIRE[changes.status];
  return body;
}

/** The command field that a wire name stands for, as a path; null when there is none. */
export function fieldOfWireName(wireName: string): readonly string[] | null {
  const field = FIELD_BY_WIRE_NAME.get(wireName);
  return field === undefined ? null : [field];
}

/** A documented status, or undefined. */
export function statusFromWire(wireStatus: string): IncidentStatus | undefined {
  return STATUS_BY_WIRE.get(wireStatus);
}
