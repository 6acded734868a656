import { createDossier } from '../../test/stand-ins/seed-dossiers.ts';
import { requestsOf, type Workload } from './workload.ts';

const ORGANIZATION = 3071;
const INCIDENT = 7001;

const operation = (name: string) => `mutation ${name}($input: UpdateIncidentInput!) {
  updateIncident(input: $input) {
    incident {
      organizationId id title referenceCode status classification metadata
      notification24h notification72h fullReport createdAt updatedAt
    }
  }
}`;

/** W1: one dossier is changed, twelve fields are read back. @param freeText bytes of text in the report, both ways */
export function updateIncident(freeText: number, documents: number): Workload {
  const title = 'Ransomware on the radiology file server';
  const classification = { severity: 'high', category: 'malware', tags: ['ransomware', 'imaging'] };
  const notification24h = { crossBorder: false, suspectedCause: 'malicious' };
  const fullReport = { rootCause: 'stolen credential', lessons: paragraphs(freeText) };
  const after = createDossier({
    id: INCIDENT,
    organization_id: ORGANIZATION,
    title,
    reference_code: 'INC-2026-7001',
    status: 'submitted',
    classification,
    metadata: { provider_ticket: 'NET-88121' },
    '24h_notification': notification24h,
    '72h_notification': { severity: 'high' },
    full_report: fullReport,
    updated_at: '2026-03-09T09:00:00Z',
  });
  const input = { organizationId: String(ORGANIZATION), id: String(INCIDENT), title, status: 'SUBMITTED' };
  return {
    name: 'W1',
    title: freeText === 0 ? 'updateIncident, 12 fields' : `updateIncident, 12 fields, ${freeText} bytes of text`,
    requests: requestsOf(documents, operation, { input: { ...input, classification, notification24h, fullReport } }),
    data: {
      updateIncident: {
        incident: {
          organizationId: String(ORGANIZATION),
          id: String(INCIDENT),
          title,
          referenceCode: after.reference_code,
          status: 'SUBMITTED',
          classification,
          metadata: after.metadata,
          notification24h,
          notification72h: after['72h_notification'],
          fullReport,
          createdAt: after.created_at,
          updatedAt: after.updated_at,
        },
      },
    },
    exchanges: [
      {
        backend: 'aegister',
        method: 'PATCH',
        path: `/api/v1/V-Ciso/incidents/${ORGANIZATION}/${INCIDENT}`,
        body: JSON.stringify({
          title,
          classification,
          status: 'submitted',
          '24h_notification': notification24h,
          full_report: fullReport,
        }),
        answer: JSON.stringify({ error: 0, messages: [], data: after }),
      },
    ],
  };
}

/** Text of so many bytes, in paragraphs as a report has them. */
function paragraphs(bytes: number): string[] {
  const whole =
    'The account was disabled, its sessions were ended and the share was restored from the night copy. '.repeat(5);
  const count = Math.floor(bytes / whole.length);
  return [...Array<string>(count).fill(whole), whole.slice(0, bytes % whole.length)];
}
