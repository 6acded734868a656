import type { QueryResolvers } from '../../generated/resolver-types.ts';
import { parseRecordId } from '../../validation/keys.ts';
import { operationAsksForFindings } from '../selection.ts';

export const incidentGroup: NonNullable<QueryResolvers['incidentGroup']> = (_root, args, { backends }, info) =>
  backends.radar.loadGroup(parseRecordId(args), operationAsksForFindings(info));
