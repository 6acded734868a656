import { seedIds } from '../stand-ins/seed-ids.ts';
import { because } from './input-refusal.ts';
import type { Input } from './update-mutations.ts';

/** One updatable field, and what the contract makes of a value and of null in it. */
export interface UpdateRow {
  readonly field: string;
  readonly wireName: string;
  readonly value: unknown;
  readonly wireValue: unknown;
  /** `undefined`: null is passed on instead of being refused. */
  readonly nullRefusedBecause: string | undefined;
}

const row = (field: string, wireName: string, value: unknown, others: Partial<UpdateRow> = {}): UpdateRow => ({
  field,
  wireName,
  value,
  wireValue: value,
  nullRefusedBecause: because.null,
  ...others,
});

/** Every updatable field of an incident, in the order of the vendor's example body. */
export const incidentRows: readonly UpdateRow[] = [
  row('title', 'title', 'Ransomware, second wave'),
  row('referenceCode', 'reference_code', 'INC-2026-0107'),
  row('classification', 'classification', { severity: 'high', tags: ['ransomware', null, 3], open: true }),
  row('metadata', 'metadata', { reporter: { name: 'on call', phone: null } }),
  row('status', 'status', 'SUBMITTED', { wireValue: 'submitted', nullRefusedBecause: because.nullStatus }),
  row('subjectType', 'subject_type', 'essential'),
  row('notification24h', '24h_notification', { cross_border_impact: false }),
  row('notification72h', '72h_notification', { indicators: [] }),
  row('fullReport', 'full_report', {}),
];

const findings = [seedIds.shadowCopiesFinding, seedIds.massEncryptionFinding];

/** Every updatable field of a group, in the order of the vendor's example body; the id stands between the two parts. */
const beforeId: readonly UpdateRow[] = [
  row('title', 'title', 'Ransomware in radiology, reopened'),
  row('description', 'description', 'Line one\nline two'),
  row('userId', 'user_id', seedIds.dayAnalyst, { nullRefusedBecause: undefined }),
  row('groupId', 'group_id', seedIds.plantTeam, { nullRefusedBecause: undefined }),
];
const afterId: readonly UpdateRow[] = [
  row('createdAt', 'created_at', '2026-03-02T06:31:10.400213Z'),
  row('updatedAt', 'updated_at', '2026-03-02T08:15:00.652259+02:00'),
  row('traceId', 'trace_id', 'trace 7'),
  row(
    'relations',
    '_relations',
    { serviceAssetFindingIds: findings },
    { wireValue: { service_asset_findings: findings }, nullRefusedBecause: because.nullRelations },
  ),
];
export const groupRows: readonly UpdateRow[] = [...beforeId, ...afterId];

/** The fields of an input in which these rows are given, without any key. */
export const givenIn = (rows: readonly UpdateRow[]): Input =>
  Object.fromEntries(rows.map(({ field, value }) => [field, value]));

const toWire = (rows: readonly UpdateRow[]): object =>
  Object.fromEntries(rows.map(({ wireName, wireValue }) => [wireName, wireValue]));

/** The body that Aegister has to receive when exactly these rows are given. */
export const incidentBody = (given: readonly UpdateRow[]): string => JSON.stringify(toWire(given));

/** The body that Radar has to receive for the group when exactly these rows are given. */
export const groupBody = (id: string, given: readonly UpdateRow[]): string =>
  JSON.stringify({
    ...toWire(beforeId.filter((one) => given.includes(one))),
    id,
    ...toWire(afterId.filter((one) => given.includes(one))),
  });
