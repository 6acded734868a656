import type { IncidentResolvers } from '../../generated/resolver-types.ts';
import { parseIncidentReference } from '../../validation/keys.ts';
import { operationAsksForFindings, selectsIdOnly } from '../selection.ts';

export const Incident: IncidentResolvers = {
  __resolveReference: (reference, { backends }) => backends.aegister.loadIncident(parseIncidentReference(reference)),

  incidentGroup: ({ incidentGroupId }, _args, { backends }, info) => {
    if (incidentGroupId === null) return null;
    if (selectsIdOnly(info)) return backends.radar.referToGroup(incidentGroupId);
    return backends.radar.loadGroup(incidentGroupId, operationAsksForFindings(info));
  },
};
