/** A subgraph beside this one: it owns the directory's users and teams, and adds a field to the groups of incidents. */
export const neighbourSdl = /* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])

  type Query {
    siemUser(id: ID!): SiemUser
  }

  type SiemUser @key(fields: "id") {
    id: ID!
    name: String
    team: SiemUserGroup
  }

  type SiemUserGroup @key(fields: "id") {
    id: ID!
    name: String
  }

  type IncidentGroup @key(fields: "id") {
    id: ID!
    runbook: String
  }
`;
