import type { JsonObject } from './json.ts';
import { seedIds as ids } from './seed-ids.ts';

/** One incident as V-CISO answers it. */
export interface DossierRecord {
  id: number;
  title: string;
  reference_code: string;
  status: string;
  classification: JsonObject;
  metadata: JsonObject;
  acn_event: JsonObject;
  acn_sections: JsonObject;
  ai_blob: JsonObject;
  phases: JsonObject;
  organization_id: number;
  created_at: string;
  updated_at: string;
  '24h_notification': JsonObject;
  '72h_notification': JsonObject;
  full_report: JsonObject;
}

/** Everything that the seeded dossiers need not spell out each time. */
export function createDossier(
  known: Partial<DossierRecord> & Pick<DossierRecord, 'id' | 'organization_id' | 'title'>,
): DossierRecord {
  // Taken apart so that the keys keep the documented order.
  const { id, title, organization_id: organizationId, ...others } = known;
  return {
    id,
    title,
    reference_code: '',
    status: 'draft',
    classification: {},
    metadata: {},
    acn_event: {},
    acn_sections: {},
    ai_blob: {},
    phases: {},
    organization_id: organizationId,
    created_at: '2026-03-02T08:15:00Z',
    updated_at: '2026-03-02T08:15:00Z',
    '24h_notification': {},
    '72h_notification': {},
    full_report: {},
    ...others,
  };
}

/** Fresh copies of the seeded dossiers. Inner objects are our invention; the vendor documents none. */
export function seedDossiers(): DossierRecord[] {
  return [
    createDossier({
      id: ids.ransomwareDossier,
      organization_id: ids.hospitalOrganization,
      title: 'Ransomware on the radiology file server',
      reference_code: ids.ransomwareGroup,
      status: 'submitted',
      classification: { severity: 'high', category: 'malware', tags: ['ransomware', 'imaging'] },
      metadata: {
        subject_type: 'essential',
        site: 'Main hospital',
        affected_hosts: ['RAD-FS-01', 'RAD-FS-02'],
        aware_at: '2026-03-02T06:40:00Z',
      },
      acn_event: { code: 'MA_RA', label: 'Ransomware' },
      acn_sections: { baseline: { impact: 'availability', scope: 'single site' } },
      ai_blob: { summary: 'Two file servers encrypted overnight.', confidence: 0.93 },
      phases: {
        early_warning: { due_at: '2026-03-03T06:40:00Z', done: true },
        notification: { due_at: '2026-03-05T06:40:00Z', done: false },
      },
      '24h_notification': {
        sent_at: '2026-03-02T19:05:00Z',
        unlawful_cause_suspected: true,
        cross_border_impact: false,
      },
      '72h_notification': {
        severity: 'high',
        indicators: [{ type: 'hash', value: '9f2feb0f1ef425b292f2f94bd8482494df8ab2fb' }],
      },
      full_report: { root_cause: null, measures: ['Servers isolated', 'Restore from tape'] },
      updated_at: '2026-03-03T10:20:31Z',
    }),
    createDossier({
      id: ids.phishingDossier,
      organization_id: ids.hospitalOrganization,
      title: 'Phishing wave against the payroll office',
      reference_code: 'INC-2026-0117',
      classification: { severity: 'medium', category: 'phishing', recipients: 214 },
      metadata: { subject_type: 'essential', reported_by: 'service desk', mailboxes_read: 3 },
      ai_blob: { summary: 'Look-alike domain asks for payroll credentials.', confidence: 0.81 },
      phases: { early_warning: { due_at: '2026-03-05T11:02:00Z', done: false } },
      '24h_notification': { unlawful_cause_suspected: true, cross_border_impact: null },
      '72h_notification': { assessment: 'pending' },
      created_at: '2026-03-04T11:02:00Z',
      updated_at: '2026-03-04T16:45:12Z',
    }),
    createDossier({
      id: ids.closedDossier,
      organization_id: ids.hospitalOrganization,
      title: 'Lost laptop with appointment lists',
      reference_code: 'INC-2026-0092',
      status: 'closed',
      classification: { severity: 'low', category: 'loss of equipment' },
      metadata: { subject_type: 'essential', disk_encrypted: true },
      full_report: { root_cause: 'Left on a train', closed_by: 'data protection officer' },
      created_at: '2026-01-19T14:30:00Z',
      updated_at: '2026-02-12T09:00:00Z',
    }),
    createDossier({
      id: ids.remoteAccessDossier,
      organization_id: ids.waterOrganization,
      title: 'Unknown remote access to a pumping station console',
      // Capitals on purpose: a UUID means the same in either case.
      reference_code: ids.remoteAccessGroup.toUpperCase(),
      classification: { severity: 'high', category: 'intrusion', plant: 'Station 7' },
      metadata: { subject_type: 'essential', contacted: ['plant operator', 'CSIRT'] },
      acn_event: { code: 'IN_UA', label: 'Unauthorised access' },
      phases: { early_warning: { due_at: '2026-03-07T22:10:00Z', done: true } },
      '24h_notification': { sent_at: '2026-03-07T08:00:00Z', cross_border_impact: false },
      '72h_notification': { severity: 'high', supply_affected: false },
      created_at: '2026-03-06T22:31:09Z',
      updated_at: '2026-03-07T08:00:04Z',
    }),
    createDossier({
      id: ids.portalDossier,
      organization_id: ids.waterOrganization,
      title: 'Denial of service on the customer portal',
      reference_code: ids.unknownGroup,
      status: 'submitted',
      classification: { severity: 'medium', category: 'availability', peak_gbit: 4.2 },
      metadata: { subject_type: 'important', provider_ticket: 'NET-88121' },
      '24h_notification': { sent_at: '2026-02-21T17:12:00Z' },
      '72h_notification': { duration_minutes: 95, customers_affected: 12800 },
      created_at: '2026-02-21T13:00:00Z',
      updated_at: '2026-02-23T12:00:00Z',
    }),
    // The numbers of the vendor's example answer, so that its request can be replayed.
    createDossier({
      id: ids.vendorExampleDossier,
      organization_id: ids.vendorExampleOrganization,
      title: 'Record for the example of the vendor',
    }),
  ];
}
