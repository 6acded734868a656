import type { QueryResolvers } from '../../generated/resolver-types.ts';
import { parseEventId } from '../../validation/keys.ts';

export const serviceAssetFindingsByEvent: NonNullable<QueryResolvers['serviceAssetFindingsByEvent']> = (
  _root,
  args,
  { backends },
) => backends.radar.loadFindingsOfEvent(parseEventId(args));
