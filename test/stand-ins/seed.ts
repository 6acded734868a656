import type { JsonObject } from './json.ts';
import { seedFindings } from './seed-findings.ts';
import type { FindingRecord } from './seed-findings.ts';
import { seedIds as ids } from './seed-ids.ts';

export { createDossier, seedDossiers } from './seed-dossiers.ts';
export type { DossierRecord } from './seed-dossiers.ts';
export { createFinding, seedFindings } from './seed-findings.ts';
export type { FindingRecord } from './seed-findings.ts';
export { seedIds } from './seed-ids.ts';

/** A group as Radar keeps it; the links are ids of findings, in order. */
export interface GroupRecord {
  id: string;
  created_at: string;
  updated_at: string;
  title: string;
  description: string;
  user_id: string | null;
  group_id: string | null;
  service_asset_findings: string[];
}

/** The whole state of one Radar instance. */
export interface RadarSeed {
  readonly groups: readonly GroupRecord[];
  readonly findings: readonly FindingRecord[];
  /** Ids of findings by the id of the event they came from. */
  readonly events: Readonly<Record<string, readonly string[]>>;
  /** Users and user groups, for answers that carry them as full objects. */
  readonly directory: Readonly<Record<string, JsonObject>>;
}

/** Fresh copies of the seeded groups. */
export function seedGroups(): GroupRecord[] {
  return [
    {
      id: ids.ransomwareGroup,
      created_at: '2026-03-02T06:31:10.400213Z',
      updated_at: '2026-03-02T08:15:00.652259Z',
      title: 'Ransomware in radiology',
      description: 'Encryption of two file servers and the traces that lead to it.',
      user_id: ids.nightAnalyst,
      group_id: ids.responseTeam,
      service_asset_findings: [
        ids.massEncryptionFinding,
        ids.shadowCopiesFinding,
        ids.lateralMovementFinding,
        ids.exfiltrationFinding,
      ],
    },
    {
      id: ids.phishingGroup,
      created_at: '2026-03-04T10:55:00.118200Z',
      updated_at: '2026-03-04T16:40:27.009143Z',
      title: 'Phishing wave, payroll',
      description: 'Mails that imitate the payroll portal, and the accounts they caught.',
      user_id: ids.dayAnalyst,
      group_id: null,
      service_asset_findings: [
        ids.lookalikeDomainFinding,
        ids.credentialFormFinding,
        ids.inboxRuleFinding,
        ids.impossibleTravelFinding,
      ],
    },
    {
      id: ids.remoteAccessGroup,
      created_at: '2026-03-06T22:20:00.000001Z',
      updated_at: '2026-03-07T07:58:41.771020Z',
      title: 'Remote access to station 7',
      description: 'A support tool nobody ordered, and what was done with it.',
      user_id: null,
      group_id: ids.plantTeam,
      service_asset_findings: [ids.remoteToolFinding, ids.controllerWriteFinding, ids.vpnGuessingFinding],
    },
    {
      id: ids.emptyGroup,
      created_at: '2026-03-08T07:00:00.250000Z',
      updated_at: '2026-03-08T07:00:00.250000Z',
      title: 'To be sorted',
      description: '',
      user_id: null,
      group_id: null,
      service_asset_findings: [],
    },
    {
      id: ids.vendorExampleGroup,
      created_at: '2023-12-20T00:00:01.652259Z',
      updated_at: '2023-12-20T00:00:01.652259Z',
      title: 'Group for the example of the vendor',
      description: 'Exists so that the documented request can be replayed.',
      user_id: null,
      group_id: null,
      service_asset_findings: [],
    },
  ];
}

/** A fresh copy of everything that a Radar stand-in starts with. */
export function createRadarSeed(): RadarSeed {
  return {
    groups: seedGroups(),
    findings: seedFindings(),
    events: {
      [ids.fileServerEvent]: [
        ids.massEncryptionFinding,
        ids.shadowCopiesFinding,
        ids.lateralMovementFinding,
        ids.exfiltrationFinding,
      ],
      [ids.mailGatewayEvent]: [ids.lookalikeDomainFinding, ids.credentialFormFinding],
      [ids.vendorExampleEvent]: [ids.vendorExampleFinding],
    },
    directory: {
      [ids.nightAnalyst]: { login: 'n.analyst', name: 'Analyst on the night shift' },
      [ids.dayAnalyst]: { login: 'd.analyst', name: 'Analyst on the day shift' },
      [ids.responseTeam]: { name: 'Incident response' },
      [ids.plantTeam]: { name: 'Plant security' },
    },
  };
}
