import { seedIds as ids } from './seed-ids.ts';

/** One incident of the SIEM, with the 26 fields that Radar documents. */
export interface FindingRecord {
  id: string;
  created_at: string;
  updated_at: string;
  trace_id: string;
  description: string;
  risk_impact: string;
  solution: string;
  mitigation: string;
  status: string;
  risklevel: number;
  service_asset_id: string;
  finding_id: string;
  analysis_output: string;
  synopsis: string;
  title: string;
  risk: string;
  acknowledged_at: string;
  alert_type: string;
  client_note: string;
  internal_note: string;
  external: boolean;
  immediate_action_score: number;
  throughput_period: string;
  throughput_period_change: string;
  customer_created: boolean;
  c_visible_since: string;
}

const fileServer = '284ee4a1-db8e-44d9-b3d0-dd48fa8f202c';
const mailGateway = 'e8d20749-c439-4fec-9787-10fcb286496b';
const consoleHost = '42ab7d7b-91e0-4311-82e5-1dc49ffdc7ff';
const portal = '41fccb0c-18b7-44ae-95fd-df46f55dcc6a';

const malwareType = 'cdefac58-10da-403b-aec8-6ea79dc4208d';
const accountType = '9ed8254c-168c-422b-bea4-e0a4783e5d50';
const networkType = '8d7b067a-c209-4408-a742-089c35bed221';

/**
 * Completes a finding. Of the four enum-like fields one value each is documented; those are used
 * throughout, because any other would be a guess.
 */
export function createFinding(known: Partial<FindingRecord> & Pick<FindingRecord, 'id' | 'title'>): FindingRecord {
  // Taken apart so that the keys keep the documented order.
  const { id, title, ...others } = known;
  const at = known.created_at ?? '2026-03-02T06:12:44.104518Z';
  return {
    id,
    created_at: at,
    updated_at: at,
    trace_id: '36745f6b-e7ae-4dd5-b06c-cd0fe080b480',
    description: title,
    risk_impact: 'Loss of availability',
    solution: 'Isolate the host and rebuild it from a known image.',
    mitigation: 'Block the account and the address at the edge.',
    status: 'assigned_customer',
    risklevel: 5,
    service_asset_id: fileServer,
    finding_id: malwareType,
    analysis_output: 'Correlation over 15 minutes',
    synopsis: title,
    title,
    risk: 'none',
    acknowledged_at: at,
    alert_type: 'automatic',
    client_note: '',
    internal_note: '',
    external: false,
    immediate_action_score: 0,
    throughput_period: 'grace',
    throughput_period_change: at,
    customer_created: false,
    c_visible_since: at,
    ...others,
  };
}

/** Fresh copies of the seeded findings. */
export function seedFindings(): FindingRecord[] {
  const mail = {
    service_asset_id: mailGateway,
    finding_id: accountType,
    created_at: '2026-03-04T10:48:02.330071Z',
    risk_impact: 'Takeover of accounts',
  };
  const plant = {
    service_asset_id: consoleHost,
    finding_id: networkType,
    created_at: '2026-03-06T22:11:37.918400Z',
    risk_impact: 'Change of process values',
  };
  return [
    createFinding({
      id: ids.massEncryptionFinding,
      title: 'Mass renaming of files on RAD-FS-01',
      description: '41,200 files renamed within six minutes by one service account.',
      risklevel: 9.5,
      immediate_action_score: 90,
      client_note: 'Server switched off at 06:55.',
    }),
    createFinding({
      id: ids.shadowCopiesFinding,
      title: 'Shadow copies deleted',
      risklevel: 8.25,
      immediate_action_score: 75,
      internal_note: 'Same account as the renaming.',
    }),
    createFinding({
      id: ids.lateralMovementFinding,
      title: 'Remote service created from RAD-FS-01 on RAD-FS-02',
      risklevel: 7.5,
      finding_id: networkType,
    }),
    createFinding({
      id: ids.exfiltrationFinding,
      title: 'Large upload to an unknown storage provider',
      description: '38 GB over TLS between 02:10 and 04:50.',
      risklevel: 8,
      finding_id: networkType,
      external: true,
      risk_impact: 'Disclosure of patient data',
    }),
    createFinding({
      ...mail,
      id: ids.lookalikeDomainFinding,
      title: 'Mail from a domain registered yesterday',
      risklevel: 4.5,
      external: true,
    }),
    createFinding({
      ...mail,
      id: ids.credentialFormFinding,
      title: 'Password typed into a copied payroll page',
      risklevel: 6.75,
      immediate_action_score: 60,
      client_note: 'Three employees confirmed it.',
    }),
    createFinding({
      ...mail,
      id: ids.inboxRuleFinding,
      title: 'New inbox rule moves bank mail to the archive',
      risklevel: 6,
    }),
    createFinding({
      ...mail,
      id: ids.impossibleTravelFinding,
      title: 'Sign-in from two countries within 20 minutes',
      risklevel: 5.35,
    }),
    createFinding({
      ...plant,
      id: ids.remoteToolFinding,
      title: 'Remote support tool started on the station console',
      risklevel: 7,
      immediate_action_score: 80,
    }),
    createFinding({
      ...plant,
      id: ids.controllerWriteFinding,
      title: 'Write command to a pump controller outside a work order',
      risklevel: 9,
      immediate_action_score: 95,
      internal_note: 'Value was refused by the controller.',
    }),
    createFinding({
      ...plant,
      id: ids.vpnGuessingFinding,
      title: 'Password guessing against the maintenance VPN',
      finding_id: accountType,
      risklevel: 3.5,
      external: true,
    }),
    createFinding({
      id: ids.portalFloodFinding,
      title: 'Flood of half-open connections on the portal',
      service_asset_id: portal,
      finding_id: networkType,
      risklevel: 4,
      external: true,
      created_at: '2026-02-21T12:41:55.002117Z',
      customer_created: true,
    }),
    // Shares its id with a group: the ids of the two kinds are separate.
    createFinding({ id: ids.vendorExampleFinding, title: 'string', risklevel: 0 }),
  ];
}
