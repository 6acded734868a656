/**
 * The entities as this service sees them: GraphQL names, no wire names. A property getter may throw an UpstreamError when the
 * backend sent a value of another type; GraphQL then reports that one field and keeps the rest.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

export type IncidentStatus = 'DRAFT' | 'SUBMITTED' | 'CLOSED';

/** Identity of an incident: both parts are decimal digits. */
export interface IncidentKey {
  readonly organizationId: string;
  readonly id: string;
}

export interface Incident extends IncidentKey {
  /** Its type in the schema. Whatever can be asked for by key says it: `_entities` answers all kinds in one list. */
  readonly __typename: 'Incident';
  readonly title: string | null;
  readonly referenceCode: string | null;
  readonly status: IncidentStatus | null;
  readonly classification: JsonObject | null;
  readonly metadata: JsonObject | null;
  readonly acnEvent: JsonObject | null;
  readonly acnSections: JsonObject | null;
  readonly aiBlob: JsonObject | null;
  readonly phases: JsonObject | null;
  readonly notification24h: JsonObject | null;
  readonly notification72h: JsonObject | null;
  readonly fullReport: JsonObject | null;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** The UUID in the reference code, or null when that is anything else. Never throws. */
  readonly incidentGroupId: string | null;
}

export interface IncidentGroup {
  readonly __typename: 'IncidentGroup';
  readonly id: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly incidentsCount: number | null;
  /** SIEM user assigned; null: nobody. */
  readonly userId: string | null;
  /** SIEM user group assigned; null: none. */
  readonly groupId: string | null;
  /** What is known of the linked findings; null: this record does not say, which never means "none". */
  readonly findingLinks: readonly FindingLink[] | null;
}

/** A finding as a group refers to it: whole, by id only, or in a form that cannot be used. */
export type FindingLink =
  | { readonly kind: 'record'; readonly id: string; readonly finding: ServiceAssetFinding }
  | { readonly kind: 'reference'; readonly id: string }
  | { readonly kind: 'unusable'; readonly error: Error };

/** An element of a list of findings: an Error stands where one could not be read, and fails in its own place. */
export type FindingElement = ServiceAssetFinding | Error;

export interface ServiceAssetFinding {
  readonly __typename: 'ServiceAssetFinding';
  readonly id: string;
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly traceId: string | null;
  readonly description: string | null;
  readonly riskImpact: string | null;
  readonly solution: string | null;
  readonly mitigation: string | null;
  readonly status: string | null;
  readonly risklevel: number | null;
  readonly serviceAssetId: string | null;
  readonly findingId: string | null;
  readonly analysisOutput: string | null;
  readonly synopsis: string | null;
  readonly title: string | null;
  readonly risk: string | null;
  readonly acknowledgedAt: string | null;
  readonly alertType: string | null;
  readonly clientNote: string | null;
  readonly internalNote: string | null;
  readonly external: boolean | null;
  readonly immediateActionScore: number | null;
  readonly throughputPeriod: string | null;
  readonly throughputPeriodChange: string | null;
  readonly customerCreated: boolean | null;
  readonly cVisibleSince: string | null;
}
