import type { ServiceAssetFindingResolvers } from '../../generated/resolver-types.ts';
import { parseRecordId } from '../../validation/keys.ts';

export const ServiceAssetFinding: ServiceAssetFindingResolvers = {
  __resolveReference: (reference, { backends }) => backends.radar.loadFinding(parseRecordId(reference)),
};
