import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DossierRecord, GroupRecord } from '../stand-ins/seed.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { groupUpdate, incidentUpdate, toOperation, type Input } from '../support/update-mutations.ts';
import { startWorld, type GraphQLAnswer, type World } from '../support/world.ts';

/** A dossier and a group in which every field holds something that could get lost. */
const dossier: DossierRecord = {
  id: 77,
  title: 'Before',
  reference_code: 'INC-77',
  status: 'draft',
  classification: { severity: 'high' },
  metadata: { reported_by: 'service desk' },
  acn_event: { code: 'IN_UA' },
  acn_sections: { a: 1 },
  ai_blob: { confidence: 0.5 },
  phases: { early_warning: { done: false } },
  organization_id: 3071,
  created_at: '2026-03-02T08:15:00Z',
  updated_at: '2026-03-02T08:15:00Z',
  '24h_notification': { sent: false },
  '72h_notification': { assessment: 'pending' },
  full_report: { pages: 3 },
};
const group: GroupRecord = {
  id: '6f9c1d52-9b0e-4a55-8f43-0c6a8f6f1a01',
  created_at: '2026-03-02T06:31:10.400213Z',
  updated_at: '2026-03-02T08:15:00.652259Z',
  title: 'Before',
  description: 'Something to lose',
  user_id: seedIds.nightAnalyst,
  group_id: seedIds.responseTeam,
  service_asset_findings: [seedIds.massEncryptionFinding, seedIds.shadowCopiesFinding],
};

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
  world.aegister.putIncident(dossier);
  world.radar.putGroup(group);
});
afterAll(() => world.close());

/** The day on which the clocks of the stand-ins start. */
const changedAt = expect.stringMatching(/^2026-03-09T/) as unknown;

describe('the stored incident', () => {
  const update = (changes: Input): Promise<GraphQLAnswer> => {
    const input = { organizationId: '3071', id: '77', ...changes };
    const { query, variables } = toOperation(incidentUpdate, 'one variable per field', input);
    return world.send(query, variables);
  };

  it.each([
    { given: { title: 'After' }, stored: { title: 'After' } },
    { given: { title: '' }, stored: { title: '' } },
    { given: { status: 'CLOSED' }, stored: { status: 'closed' } },
    { given: { classification: {} }, stored: { classification: {} } },
    { given: { notification24h: { sent: true } }, stored: { '24h_notification': { sent: true } } },
    { given: { notification72h: {} }, stored: { '72h_notification': {} } },
    { given: { fullReport: { pages: null } }, stored: { full_report: { pages: null } } },
  ])('changes in nothing but $stored', async ({ given, stored }) => {
    expect(await update(given)).toMatchObject({ data: { updateIncident: { incident: { id: '77' } } } });
    expect(world.aegister.incident(3071, 77)).toEqual({ ...dossier, ...stored, updated_at: changedAt });
  });

  it('keeps its metadata when the subject type is filed into it', async () => {
    expect(await update({ subjectType: 'essential' })).toMatchObject({ errors: undefined });
    expect(world.aegister.incident(3071, 77)).toEqual({
      ...dossier,
      metadata: { reported_by: 'service desk', subject_type: 'essential' },
      updated_at: changedAt,
    });
  });

  it.each([
    { given: { title: null, status: 'CLOSED' } },
    { given: { fullReport: null } },
    { given: { classification: {}, metadata: null } },
    { given: {} },
  ])('stays as it is when $given is refused', async ({ given }) => {
    expect(await update(given)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(world.aegister.incident(3071, 77)).toEqual(dossier);
  });
});

describe('the stored group', () => {
  const update = (changes: Input): Promise<GraphQLAnswer> => {
    const { query, variables } = toOperation(groupUpdate, 'one variable per field', { id: group.id, ...changes });
    return world.send(query, variables);
  };

  it.each([
    { given: { title: 'After' }, stored: { title: 'After' } },
    { given: { description: '' }, stored: { description: '' } },
    { given: { userId: null }, stored: { user_id: null } },
    { given: { groupId: null }, stored: { group_id: null } },
    { given: { userId: seedIds.dayAnalyst }, stored: { user_id: seedIds.dayAnalyst } },
    { given: { title: 'After', relations: {} }, stored: { title: 'After' } },
    { given: { relations: { serviceAssetFindingIds: [] } }, stored: { service_asset_findings: [] } },
    {
      given: { relations: { serviceAssetFindingIds: [seedIds.remoteToolFinding] } },
      stored: { service_asset_findings: [seedIds.remoteToolFinding] },
    },
  ])('changes in nothing but $stored', async ({ given, stored }) => {
    expect(await update(given)).toMatchObject({
      data: { updateIncidentGroup: { incidentGroup: { id: group.id } } },
      errors: undefined,
    });
    expect(world.radar.group(group.id)).toEqual({ ...group, ...stored, updated_at: changedAt });
  });

  it.each([
    { given: { title: null, userId: null } },
    { given: { title: 'After', relations: null } },
    { given: { title: 'After', relations: { serviceAssetFindingIds: null } } },
    { given: { title: 'After', traceId: '' } },
    { given: { relations: { serviceAssetFindingIds: [seedIds.remoteToolFinding, ''] } } },
    { given: { relations: {} } },
    { given: {} },
  ])('stays as it is when $given is refused', async ({ given }) => {
    expect(await update(given)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(world.radar.group(group.id)).toEqual(group);
  });
});
