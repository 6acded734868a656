import { aegister } from './aegister/index.ts';
import { radar } from './radar/index.ts';

/** Every backend this service fronts. A new one is one folder beside this file and one entry here. */
export const backends = [aegister, radar] as const;
