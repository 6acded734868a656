import type { MutationResolvers } from '../../generated/resolver-types.ts';
import { parseUpdateIncident } from '../../validation/update-incident.ts';

export const updateIncident: NonNullable<MutationResolvers['updateIncident']> = async (
  _root,
  { input },
  { backends, limits },
) => {
  const command = parseUpdateIncident(input, limits.jsonDepth);
  const incident = await backends.aegister.updateIncident(command);
  return { incident };
};
