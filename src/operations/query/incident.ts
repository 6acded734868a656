import type { QueryResolvers } from '../../generated/resolver-types.ts';
import { parseIncidentKey } from '../../validation/keys.ts';

export const incident: NonNullable<QueryResolvers['incident']> = (_root, args, { backends }) =>
  backends.aegister.loadIncident(parseIncidentKey(args));
