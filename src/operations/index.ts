import type { Resolvers } from '../generated/resolver-types.ts';
import { updateIncident } from './mutation/update-incident.ts';
import { updateIncidentGroup } from './mutation/update-incident-group.ts';
import { incident } from './query/incident.ts';
import { incidentGroup } from './query/incident-group.ts';
import { serviceAssetFinding } from './query/service-asset-finding.ts';
import { serviceAssetFindingsByEvent } from './query/service-asset-findings-by-event.ts';
import { DateTime, JSONObject } from './scalars.ts';
import { Incident } from './types/incident.ts';
import { IncidentGroup } from './types/incident-group.ts';
import { ServiceAssetFinding } from './types/service-asset-finding.ts';

/** Every resolver. Fields that are not listed are properties of their domain object. */
export const resolvers: Resolvers = {
  Query: { incident, incidentGroup, serviceAssetFinding, serviceAssetFindingsByEvent },
  Mutation: { updateIncident, updateIncidentGroup },
  Incident,
  IncidentGroup,
  ServiceAssetFinding,
  DateTime,
  JSONObject,
};
