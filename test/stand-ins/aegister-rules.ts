import { isJsonObject } from './json.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { DossierRecord } from './seed.ts';

export interface FieldError extends JsonObject {
  field: string;
  message: string;
}

const kinds: Readonly<Record<string, 'text' | 'object' | 'status'>> = {
  title: 'text',
  reference_code: 'text',
  classification: 'object',
  metadata: 'object',
  status: 'status',
  subject_type: 'text',
  '24h_notification': 'object',
  '72h_notification': 'object',
  full_report: 'object',
};

const statuses = ['draft', 'submitted', 'closed'];

/**
 * What is wrong with the body of an update. Strict on purpose: an unknown key, a null or a wrong
 * type is refused, so that a client that sends one by mistake does not go unnoticed.
 */
export function findFieldErrors(body: JsonObject): FieldError[] {
  return Object.entries(body).flatMap(([field, value]) => {
    const message = complaint(kinds[field], value);
    return message === undefined ? [] : [{ field, message }];
  });
}

function complaint(kind: 'text' | 'object' | 'status' | undefined, value: JsonValue): string | undefined {
  if (kind === undefined) return 'This field is not known.';
  if (value === null) return 'This field may not be null.';
  if (kind === 'object') return isJsonObject(value) ? undefined : 'Not a valid object.';
  if (typeof value !== 'string') return 'Not a valid string.';
  if (kind === 'status' && !statuses.includes(value)) return `"${value}" is not a valid choice.`;
  return undefined;
}

/**
 * The dossier after an update that has no field errors. Whether objects are merged or replaced is
 * not documented; here they are replaced as a whole. `subject_type` is put into `metadata` last, so
 * it survives a `metadata` sent along with it, which is not documented either.
 */
export function applyUpdate(before: DossierRecord, body: JsonObject, now: string): DossierRecord {
  const { subject_type: subjectType, ...fields } = structuredClone(body);
  const after: DossierRecord = { ...before, ...fields, updated_at: now };
  if (subjectType !== undefined) {
    after.metadata = { ...after.metadata, subject_type: subjectType };
  }
  return after;
}
