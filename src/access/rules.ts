/** What a token has to carry in `scope` or `scp`, word for word. */
export type Scope = 'incident:read' | 'incident:write' | 'incident-group:read' | 'incident-group:write';

/** What a caller needs for one field or one entity by key. */
export interface Rule {
  readonly scope: Scope;
  /** Where the arguments, or the key of an entity, name an organization: the caller has to be allowed it as well. */
  readonly organization?: readonly string[];
}

/** `with-parent`: says nothing beyond the record it belongs to, so whoever may read that may read this. */
export type AccessRule = Rule | 'with-parent';

/**
 * Who may do what: a line for every resolver, by type and field; `__resolveReference` is the entity by its key. A resolver without a
 * line stops the start. The payload of a write needs no line: it is part of the backend's answer to that write.
 */
export const accessRules: Readonly<Record<string, Readonly<Record<string, AccessRule>>>> = {
  Query: {
    incident: { scope: 'incident:read', organization: ['organizationId'] },
    incidentGroup: { scope: 'incident-group:read' },
    serviceAssetFinding: { scope: 'incident-group:read' },
    serviceAssetFindingsByEvent: { scope: 'incident-group:read' },
  },
  Mutation: {
    updateIncident: { scope: 'incident:write', organization: ['input', 'organizationId'] },
    updateIncidentGroup: { scope: 'incident-group:write' },
  },
  Incident: {
    __resolveReference: { scope: 'incident:read', organization: ['organizationId'] },
    incidentGroup: { scope: 'incident-group:read' },
  },
  IncidentGroup: {
    __resolveReference: { scope: 'incident-group:read' },
    user: 'with-parent',
    group: 'with-parent',
    serviceAssetFindings: { scope: 'incident-group:read' },
  },
  ServiceAssetFinding: {
    __resolveReference: { scope: 'incident-group:read' },
  },
};
