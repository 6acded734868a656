import { expect } from 'vitest';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { entriesOf } from './log-entries.ts';
import type { World } from './world.ts';

/** Who calls where both backends get the configured credential. */
export const SERVICE = {
  subject: null,
  clientId: null,
  credentials: { aegister: { mode: 'service' }, radar: { mode: 'service' } },
};

/** The records that an operation adds to the log of a world, all lines that it adds, and its answer. */
export async function recordsOf(world: World, operate: () => Promise<unknown>) {
  const before = world.logLines.length;
  const answer = await operate();
  const lines = world.logLines.slice(before);
  return { answer, lines, records: entriesOf(lines, 'audit') };
}

/** A whole record, with these entries where they differ. */
export const record = (entry: object) => ({
  level: 'info',
  time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
  msg: 'audit',
  correlationId: 'call-7',
  traceId: null,
  caller: SERVICE,
  listLengths: {},
  durationMs: expect.any(Number) as number,
  ...entry,
});

/** What the records of the usual writes are about. */
export const ABOUT = {
  aegister: { field: 'updateIncident', object: { organizationId: '3071', id: '1024' }, changes: ['title'] },
  radar: { field: 'updateIncidentGroup', object: { id: seedIds.emptyGroup }, changes: ['title'] },
};
