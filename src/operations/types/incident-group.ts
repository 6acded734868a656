import type { IncidentGroupResolvers } from '../../generated/resolver-types.ts';
import { parseRecordId } from '../../validation/keys.ts';
import { operationAsksForFindings, selectsIdOnly } from '../selection.ts';

export const IncidentGroup: IncidentGroupResolvers = {
  __resolveReference: (reference, { backends }, info) =>
    backends.radar.loadGroup(parseRecordId(reference), operationAsksForFindings(info)),

  user: ({ userId }) => (userId === null ? null : { id: userId }),

  group: ({ groupId }) => (groupId === null ? null : { id: groupId }),

  serviceAssetFindings: (group, _args, { backends }, info) =>
    backends.radar.loadLinkedFindings(group, selectsIdOnly(info)),
};
