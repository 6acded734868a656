import { seedIds } from '../../test/stand-ins/seed.ts';

/** Ready to paste: they work on the seeded data of the stand-ins. */
export const examples = {
  updateIncident: `mutation {
  updateIncident(input: {
    organizationId: "${seedIds.hospitalOrganization}"
    id: "${seedIds.ransomwareDossier}"
    status: SUBMITTED
    notification24h: { crossBorder: false, suspectedCause: "malicious" }
  }) {
    incident { title status notification24h updatedAt incidentGroup { title } }
  }
}`,
  updateIncidentGroup: `mutation {
  updateIncidentGroup(input: {
    id: "${seedIds.ransomwareGroup}"
    description: "Two hosts left to rebuild"
    relations: { serviceAssetFindingIds: ["${seedIds.massEncryptionFinding}", "${seedIds.shadowCopiesFinding}"] }
  }) {
    incidentGroup { title description user { id } serviceAssetFindings { title risk } }
  }
}`,
  failing: `mutation {
  updateIncidentGroup(input: { id: "${seedIds.phishingGroup}", title: "Ransomware in radiology" }) {
    incidentGroup { title }
  }
}`,
} as const;
