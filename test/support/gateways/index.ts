import { direct, type Gateway } from './gateway.ts';
import { grafbase } from './grafbase.ts';
import { hive, hiveRustPlanner } from './hive.ts';

/**
 * The gateways under test. `npm test` takes those that `npm ci` brings; `npm run test:grafbase` sets GATEWAYS and takes the one
 * that has to be installed apart.
 */
export const gateways: readonly Gateway[] =
  process.env['GATEWAYS'] === 'grafbase' ? [direct, grafbase] : [direct, hive, hiveRustPlanner];

/** Part of the name of a table in docs/gateways/: the tables of a run hold the gateways of that run. */
export const tableSuffix = process.env['GATEWAYS'] === 'grafbase' ? '-grafbase' : '';
