import type { MutationResolvers } from '../../generated/resolver-types.ts';
import { parseUpdateIncidentGroup } from '../../validation/update-incident-group.ts';

export const updateIncidentGroup: NonNullable<MutationResolvers['updateIncidentGroup']> = async (
  _root,
  { input },
  { backends, limits },
) => {
  const command = parseUpdateIncidentGroup(input, limits.listIds);
  const incidentGroup = await backends.radar.updateIncidentGroup(command);
  return { incidentGroup };
};
