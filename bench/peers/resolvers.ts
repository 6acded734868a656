/**
 * The resolvers of both peers, as somebody writes them who has an afternoon: each answer of a backend is copied into an object with the
 * schema's names. No checks, no error handling, no limits; the product has all of that and is measured with it.
 */

export type Wire = Readonly<Record<string, unknown>>;

/** The calls that the operations need; each peer makes them in its own way. */
export interface Backends {
  patchIncident(organizationId: string, id: string, body: object): Promise<Wire>;
  putGroup(body: object): Promise<Wire>;
  readGroup(id: string, withFindings: boolean): Promise<Wire>;
}

interface Context {
  readonly backends: Backends;
}

interface Input {
  readonly input: Wire;
}

export const resolvers = {
  Query: {
    incidentGroup: async (_root: unknown, { id }: { readonly id: string }, { backends }: Context) =>
      toGroup(await backends.readGroup(id, true)),
  },
  Mutation: {
    updateIncident: async (_root: unknown, { input }: Input, { backends }: Context) => {
      const { organizationId, id, status } = input;
      const body = {
        title: input['title'],
        reference_code: input['referenceCode'],
        classification: input['classification'],
        metadata: input['metadata'],
        status: typeof status === 'string' ? status.toLowerCase() : undefined,
        subject_type: input['subjectType'],
        '24h_notification': input['notification24h'],
        '72h_notification': input['notification72h'],
        full_report: input['fullReport'],
      };
      return { incident: toIncident(await backends.patchIncident(String(organizationId), String(id), body)) };
    },
    updateIncidentGroup: async (_root: unknown, { input }: Input, { backends }: Context) => {
      const relations = input['relations'] as { readonly serviceAssetFindingIds?: readonly string[] } | undefined;
      const body = {
        title: input['title'],
        description: input['description'],
        user_id: input['userId'],
        group_id: input['groupId'],
        id: input['id'],
        created_at: input['createdAt'],
        updated_at: input['updatedAt'],
        trace_id: input['traceId'],
        _relations: relations && { service_asset_findings: relations.serviceAssetFindingIds },
      };
      return { incidentGroup: toGroup(await backends.putGroup(body)) };
    },
  },
  IncidentGroup: {
    __resolveReference: async ({ id }: { readonly id: string }, { backends }: Context) =>
      toGroup(await backends.readGroup(id, false)),
  },
};

function toIncident(wire: Wire) {
  return {
    organizationId: wire['organization_id'],
    id: wire['id'],
    title: wire['title'],
    referenceCode: wire['reference_code'],
    status: String(wire['status']).toUpperCase(),
    classification: wire['classification'],
    metadata: wire['metadata'],
    acnEvent: wire['acn_event'],
    acnSections: wire['acn_sections'],
    aiBlob: wire['ai_blob'],
    phases: wire['phases'],
    notification24h: wire['24h_notification'],
    notification72h: wire['72h_notification'],
    fullReport: wire['full_report'],
    createdAt: wire['created_at'],
    updatedAt: wire['updated_at'],
  };
}

function toGroup(wire: Wire) {
  const { user_id: userId, group_id: groupId, service_asset_findings: linked } = wire;
  return {
    id: wire['id'],
    title: wire['title'],
    description: wire['description'],
    createdAt: wire['created_at'],
    updatedAt: wire['updated_at'],
    incidentsCount: wire['incidents_count'],
    user: userId === null ? null : { id: userId },
    group: groupId === null ? null : { id: groupId },
    serviceAssetFindings: Array.isArray(linked) ? linked.map(toFinding) : null,
  };
}

function toFinding(element: unknown) {
  if (typeof element === 'string') return { id: element };
  const wire = element as Wire;
  return {
    id: wire['id'],
    createdAt: wire['created_at'],
    updatedAt: wire['updated_at'],
    traceId: wire['trace_id'],
    description: wire['description'],
    riskImpact: wire['risk_impact'],
    solution: wire['solution'],
    mitigation: wire['mitigation'],
    status: wire['status'],
    risklevel: wire['risklevel'],
    serviceAssetId: wire['service_asset_id'],
    findingId: wire['finding_id'],
    analysisOutput: wire['analysis_output'],
    synopsis: wire['synopsis'],
    title: wire['title'],
    risk: wire['risk'],
    acknowledgedAt: wire['acknowledged_at'],
    alertType: wire['alert_type'],
    clientNote: wire['client_note'],
    internalNote: wire['internal_note'],
    external: wire['external'],
    immediateActionScore: wire['immediate_action_score'],
    throughputPeriod: wire['throughput_period'],
    throughputPeriodChange: wire['throughput_period_change'],
    customerCreated: wire['customer_created'],
    cVisibleSince: wire['c_visible_since'],
  };
}
