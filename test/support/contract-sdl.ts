/** The schema as the contract fixes it, written out: names, types, nullability and keys. */
export const contractSdl = /* GraphQL */ `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])
    @contact(
      name: "incident-subgraph"
      description: "Incident dossiers of Aegister V-CISO and incident groups of Radar. Whoever runs this service answers for it."
    )

  directive @contact(name: String!, url: String, description: String) on SCHEMA

  scalar DateTime
  scalar JSONObject

  type Query {
    incident(organizationId: ID!, id: ID!): Incident
    incidentGroup(id: ID!): IncidentGroup
    serviceAssetFinding(id: ID!): ServiceAssetFinding
    serviceAssetFindingsByEvent(eventId: ID!): [ServiceAssetFinding]
  }

  type Mutation {
    updateIncident(input: UpdateIncidentInput!): UpdateIncidentPayload
    updateIncidentGroup(input: UpdateIncidentGroupInput!): UpdateIncidentGroupPayload
  }

  input UpdateIncidentInput {
    organizationId: ID!
    id: ID!
    title: String
    referenceCode: String
    classification: JSONObject
    metadata: JSONObject
    status: IncidentStatus
    subjectType: String
    notification24h: JSONObject
    notification72h: JSONObject
    fullReport: JSONObject
  }

  enum IncidentStatus {
    DRAFT
    SUBMITTED
    CLOSED
  }

  type UpdateIncidentPayload {
    incident: Incident
  }

  type Incident @key(fields: "organizationId id") {
    organizationId: ID!
    id: ID!
    title: String
    referenceCode: String
    status: IncidentStatus
    classification: JSONObject
    metadata: JSONObject
    acnEvent: JSONObject
    acnSections: JSONObject
    aiBlob: JSONObject
    phases: JSONObject
    notification24h: JSONObject
    notification72h: JSONObject
    fullReport: JSONObject
    createdAt: DateTime
    updatedAt: DateTime
    incidentGroup: IncidentGroup
  }

  input UpdateIncidentGroupInput {
    id: ID!
    title: String
    description: String
    userId: ID
    groupId: ID
    createdAt: DateTime
    updatedAt: DateTime
    traceId: ID
    relations: IncidentGroupRelationsInput
  }

  input IncidentGroupRelationsInput {
    serviceAssetFindingIds: [ID!]
  }

  type UpdateIncidentGroupPayload {
    incidentGroup: IncidentGroup
  }

  type IncidentGroup @key(fields: "id") {
    id: ID!
    title: String
    description: String
    createdAt: DateTime
    updatedAt: DateTime
    incidentsCount: Int
    user: SiemUser
    group: SiemUserGroup
    serviceAssetFindings: [ServiceAssetFinding]
  }

  type SiemUser @key(fields: "id", resolvable: false) {
    id: ID!
  }

  type SiemUserGroup @key(fields: "id", resolvable: false) {
    id: ID!
  }

  type ServiceAssetFinding @key(fields: "id") {
    id: ID!
    createdAt: DateTime
    updatedAt: DateTime
    traceId: ID
    description: String
    riskImpact: String
    solution: String
    mitigation: String
    status: String
    risklevel: Float
    serviceAssetId: ID
    findingId: ID
    analysisOutput: String
    synopsis: String
    title: String
    risk: String
    acknowledgedAt: DateTime
    alertType: String
    clientNote: String
    internalNote: String
    external: Boolean
    immediateActionScore: Float
    throughputPeriod: String
    throughputPeriodChange: DateTime
    customerCreated: Boolean
    cVisibleSince: DateTime
  }
`;
