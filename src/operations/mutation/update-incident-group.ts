import type { MutationResolvers } from '../../generated/resolver-types.ts';

export const updateIncidentGroup: NonNullable<MutationResolvers['updateIncidentGroup']> = async (
  _root,
  { input },
  { backends, parsers },
) => {
  const command = parsers.updateIncidentGroup(input);
  const incidentGroup = await backends.radar.updateIncidentGroup(command);
  return { incidentGroup };
};
