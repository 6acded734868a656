import DataLoader from 'dataloader';
import type { Incident, IncidentKey } from '../../domain.ts';
import { settleEach } from '../settle-each.ts';

export type IncidentLoader = DataLoader<IncidentKey, Incident | null, string>;

/** The identity of an incident as one string. */
export function keyOf({ organizationId, id }: IncidentKey): string {
  return `${organizationId}/${id}`;
}

/** Reads each distinct incident once. There is no list endpoint, so a batch is that many reads side by side. */
export function createIncidentLoader(
  fetch: (key: IncidentKey) => Promise<Incident | null>,
  room: () => number,
): IncidentLoader {
  return new DataLoader((keys) => settleEach(keys, fetch, room), { cacheKeyFn: keyOf });
}
