import type { MutationResolvers } from '../../generated/resolver-types.ts';
import { parseUpdateIncident } from '../../validation/update-incident.ts';

export const updateIncident: NonNullable<MutationResolvers['updateIncident']> = async (
  _root,
  { input },
  { backends },
) => {
  const command = parseUpdateIncident(input);
  const incident = await backends.aegister.updateIncident(command);
  return { incident };
};
