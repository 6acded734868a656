import type { QueryResolvers } from '../../generated/resolver-types.ts';
import { parseRecordId } from '../../validation/keys.ts';

export const serviceAssetFinding: NonNullable<QueryResolvers['serviceAssetFinding']> = (_root, args, { backends }) =>
  backends.radar.loadFinding(parseRecordId(args));
