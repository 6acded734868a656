import { seedIds } from '../../test/stand-ins/seed-ids.ts';

export type BackendName = 'aegister' | 'radar';

/** What must never come out of the service, in an answer or in a log. */
export interface Credentials {
  readonly token: string;
  readonly apiKey: string;
  /** Of the backend itself, as a refusal of it may name it. */
  readonly address: string;
}

export const AEGISTER_TOKEN = 'canary-aegister-token-41c7e0';
export const RADAR_API_KEY = 'canary-radar-key-8f03b2';
export const ROUTER_SECRET = 'canary-router-secret-d95a17';

interface DossierKey {
  readonly organizationId: number;
  readonly id: number;
}

/** Dossiers and groups that the load writes to; none of them is closed. */
export const DOSSIERS: readonly [DossierKey, ...DossierKey[]] = [
  { organizationId: seedIds.hospitalOrganization, id: seedIds.ransomwareDossier },
  { organizationId: seedIds.hospitalOrganization, id: seedIds.phishingDossier },
  { organizationId: seedIds.waterOrganization, id: seedIds.remoteAccessDossier },
];
export const GROUPS: readonly [string, ...string[]] = [
  ...([seedIds.ransomwareGroup, seedIds.phishingGroup, seedIds.emptyGroup] as const),
];
/** The id of no dossier. */
export const UNKNOWN_DOSSIER = 999_999;

/** How the stand-ins behave, and what they are told while they run. */
export type StandInsOrder =
  /** Share of exchanges that fail, and the longest time an answer takes, milliseconds. */
  | { readonly order: 'behave'; readonly faultShare: number; readonly delayMs: number }
  /** Refuses connections for a moment, on the same port as before. */
  | { readonly order: 'restart'; readonly backend: BackendName; readonly downMs: number }
  /** Answers everything with 500 for a moment. */
  | { readonly order: 'outage'; readonly backend: BackendName; readonly forMs: number }
  | { readonly order: 'drop connections' }
  /** Answers where the backends listen. */
  | { readonly order: 'ports' }
  /** Answers what was journalled and counted since the last report. */
  | { readonly order: 'report' };

export type BackendPorts = Readonly<Record<BackendName, number>>;

export interface StandInsReport {
  /** The title of each write that was applied, once for each time. */
  readonly journal: readonly string[];
  readonly faults: Readonly<Record<string, number>>;
  readonly calls: number;
  /** Exceptions of a stand-in itself. */
  readonly failures: number;
}
