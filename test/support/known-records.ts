import { seedIds as ids } from '../stand-ins/seed-ids.ts';
import type { DossierRecord, FindingRecord, GroupRecord } from '../stand-ins/seed.ts';

/**
 * One record of each kind in which no two values are the same, as the backend keeps it and as a client has to see it. A field that is
 * read from its neighbour's key cannot go unnoticed.
 */
export const wireFinding: FindingRecord = {
  id: ids.portalFloodFinding,
  created_at: '2026-02-21T12:41:55.000001Z',
  updated_at: '2026-02-21T12:41:55.000020Z',
  trace_id: 'trace of the finding',
  description: 'a description',
  risk_impact: 'a risk impact',
  solution: 'a solution',
  mitigation: 'a mitigation',
  status: 'assigned_customer',
  risklevel: 5.35,
  service_asset_id: '41fccb0c-18b7-44ae-95fd-df46f55dcc6a',
  finding_id: '8d7b067a-c209-4408-a742-089c35bed221',
  analysis_output: 'an analysis output',
  synopsis: 'a synopsis',
  title: 'a title',
  risk: 'none',
  acknowledged_at: '2026-02-21T12:41:55.000300Z',
  alert_type: 'automatic',
  client_note: 'a client note',
  internal_note: 'an internal note',
  external: true,
  immediate_action_score: 12.75,
  throughput_period: 'grace',
  throughput_period_change: '2026-02-21T12:41:55.004000Z',
  customer_created: false,
  c_visible_since: '2026-02-21T12:41:55.050000Z',
};

export const finding = {
  id: ids.portalFloodFinding,
  createdAt: '2026-02-21T12:41:55.000001Z',
  updatedAt: '2026-02-21T12:41:55.000020Z',
  traceId: 'trace of the finding',
  description: 'a description',
  riskImpact: 'a risk impact',
  solution: 'a solution',
  mitigation: 'a mitigation',
  status: 'assigned_customer',
  risklevel: 5.35,
  serviceAssetId: '41fccb0c-18b7-44ae-95fd-df46f55dcc6a',
  findingId: '8d7b067a-c209-4408-a742-089c35bed221',
  analysisOutput: 'an analysis output',
  synopsis: 'a synopsis',
  title: 'a title',
  risk: 'none',
  acknowledgedAt: '2026-02-21T12:41:55.000300Z',
  alertType: 'automatic',
  clientNote: 'a client note',
  internalNote: 'an internal note',
  external: true,
  immediateActionScore: 12.75,
  throughputPeriod: 'grace',
  throughputPeriodChange: '2026-02-21T12:41:55.004000Z',
  customerCreated: false,
  cVisibleSince: '2026-02-21T12:41:55.050000Z',
};

/** A selection of every field of the type. */
export const findingFields = Object.keys(finding).join(' ');

export const wireGroup: GroupRecord = {
  id: ids.emptyGroup,
  created_at: '2026-03-08T07:00:00.250001Z',
  updated_at: '2026-03-08T07:00:00.250002Z',
  title: 'title of the group',
  description: 'description of the group',
  user_id: ids.nightAnalyst,
  group_id: ids.plantTeam,
  service_asset_findings: [ids.portalFloodFinding],
};

export const group = {
  id: ids.emptyGroup,
  title: 'title of the group',
  description: 'description of the group',
  createdAt: '2026-03-08T07:00:00.250001Z',
  updatedAt: '2026-03-08T07:00:00.250002Z',
  incidentsCount: 1,
  user: { id: ids.nightAnalyst },
  group: { id: ids.plantTeam },
};

/** Every field of the type but the list of findings. */
export const groupFields = 'id title description createdAt updatedAt incidentsCount user { id } group { id }';

export const wireIncident: DossierRecord = {
  id: 1024,
  title: 'title of the incident',
  reference_code: 'INC-2026-0001',
  status: 'submitted',
  classification: { is: 'classification' },
  metadata: { is: 'metadata' },
  acn_event: { is: 'acn_event' },
  acn_sections: { is: 'acn_sections' },
  ai_blob: { is: 'ai_blob', completed: 0 },
  phases: { is: 'phases' },
  organization_id: 3071,
  created_at: '2026-03-02T08:15:01Z',
  updated_at: '2026-03-02T08:15:02Z',
  '24h_notification': { is: '24h_notification' },
  '72h_notification': { is: '72h_notification' },
  full_report: { is: 'full_report' },
};

export const incident = {
  organizationId: '3071',
  id: '1024',
  title: 'title of the incident',
  referenceCode: 'INC-2026-0001',
  status: 'SUBMITTED',
  classification: { is: 'classification' },
  metadata: { is: 'metadata' },
  acnEvent: { is: 'acn_event' },
  acnSections: { is: 'acn_sections' },
  aiBlob: { is: 'ai_blob', completed: 0 },
  phases: { is: 'phases' },
  notification24h: { is: '24h_notification' },
  notification72h: { is: '72h_notification' },
  fullReport: { is: 'full_report' },
  createdAt: '2026-03-02T08:15:01Z',
  updatedAt: '2026-03-02T08:15:02Z',
};

/** Every field of the type but the link to a group. */
export const incidentFields = Object.keys(incident).join(' ');
