import { z } from 'zod';
import type { IncidentKey } from '../domain.ts';
import { decimalId, uuid } from './fields.ts';
import { parseInput } from './parse-input.ts';

const incidentKey = z.object({ organizationId: decimalId, id: decimalId });

/** Arguments of `incident`. @throws InvalidInputError */
export function parseIncidentKey(key: unknown): IncidentKey {
  return parseInput(incidentKey, key, []);
}

/** Arguments of `incidentGroup` and `serviceAssetFinding`, or one of their entity references. @throws InvalidInputError */
export function parseRecordId({ id }: { readonly id?: unknown }): string {
  return parseInput(uuid, id, ['id']);
}

/** Arguments of `serviceAssetFindingsByEvent`. @throws InvalidInputError */
export function parseEventId({ eventId }: { readonly eventId?: unknown }): string {
  return parseInput(uuid, eventId, ['eventId']);
}

/**
 * An entity reference to an incident. Its parts come as `_Any`, so nothing has made text of them yet: a whole number counts as its
 * digits. @throws InvalidInputError
 */
export function parseIncidentReference(reference: {
  readonly organizationId?: unknown;
  readonly id?: unknown;
}): IncidentKey {
  return parseIncidentKey({ organizationId: digits(reference.organizationId), id: digits(reference.id) });
}

function digits(part: unknown): unknown {
  return Number.isSafeInteger(part) ? String(part) : part;
}
