import { seedDossiers, seedFindings, seedGroups } from '../stand-ins/seed.ts';
import type { ServiceOptions } from '../../src/server/create-service.ts';
import { startWorld, type World } from './world.ts';

/** A world whose `reset` also brings the stand-ins back to the seeded records and to the shapes of the documented answers. */
export async function startSeededWorld(
  settings: Record<string, string> = {},
  options?: ServiceOptions,
): Promise<World> {
  const world = await startWorld(settings, options);
  const { aegister, radar } = world;
  return {
    ...world,
    reset() {
      world.reset();
      aegister.closedEdits = 'refused-with-200';
      for (const dossier of seedDossiers()) aegister.putIncident(dossier);
      radar.relationsInWriteAnswer = 'ids';
      radar.relationsInReadAnswer = 'objects';
      radar.incidentsCountInWriteAnswer = 'before';
      radar.demandAllFields = false;
      for (const group of seedGroups()) radar.putGroup(group);
      for (const finding of seedFindings()) radar.putFinding(finding);
    },
  };
}
