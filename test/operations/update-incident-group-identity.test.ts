import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startRadar, type Radar } from '../stand-ins/radar.ts';
import { createRadarSeed } from '../stand-ins/seed.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { RADAR_API_KEY, startWorld, type World } from '../support/world.ts';

const id = seedIds.phishingGroup;
const userId = '3b1f6c0e-7a42-4c1b-9a55-0d2f4c6b8e10';
const mutation = `mutation { updateIncidentGroup(input: { id: "${id}", description: "changed" }) { incidentGroup { description } } }`;
const query = `{ incidentGroup(id: "${id}") { description } }`;
const caller = { 'pgr-user-id': '11111111-2222-4333-8444-555555555555', pgrselectedinstance: 'of-the-caller' };

let radar: Radar;
const worlds: World[] = [];
async function startBehind(settings: Record<string, string>): Promise<World> {
  const world = await startWorld({ RADAR_BASE_URL: radar.baseUrl, ...settings });
  worlds.push(world);
  return world;
}

beforeAll(async () => {
  radar = await startRadar({
    apiKey: RADAR_API_KEY,
    instances: { main: createRadarSeed(), 'branch 7': createRadarSeed() },
  });
});
afterEach(async () => {
  radar.clearRequests();
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});
afterAll(() => radar.close());

const identityOf = ({ headers }: Radar['requests'][number]) => ({
  key: headers['pgrapikey'],
  user: headers['pgr-user-id'],
  instance: headers['pgrselectedinstance'],
});

describe('the identity configured for Radar', () => {
  it('goes with every write and read: key, user and instance', async () => {
    const world = await startBehind({ RADAR_USER_ID: userId, RADAR_SELECTED_INSTANCE: 'branch 7' });
    expect(await world.send(mutation, undefined, caller)).toMatchObject({
      data: { updateIncidentGroup: { incidentGroup: { description: 'changed' } } },
      errors: undefined,
    });
    expect(await world.send(query, undefined, caller)).toMatchObject({
      data: { incidentGroup: { description: 'changed' } },
    });
    const identity = { key: RADAR_API_KEY, user: userId, instance: 'branch 7' };
    expect(radar.requests.map(identityOf)).toEqual([identity, identity]);
  });

  it('writes to the selected instance and to no other', async () => {
    const world = await startBehind({ RADAR_SELECTED_INSTANCE: 'branch 7' });
    radar.instance('branch 7').putGroup({ id, description: 'before' });
    radar.instance('main').putGroup({ id, description: 'before' });
    radar.putGroup({ id, description: 'before' });
    await world.send(mutation);
    expect(radar.instance('branch 7').group(id)?.description).toBe('changed');
    expect(radar.instance('main').group(id)?.description).toBe('before');
    expect(radar.group(id)?.description).toBe('before');
  });

  it.each([
    { what: 'neither', settings: {}, user: undefined, instance: undefined },
    { what: 'the user', settings: { RADAR_USER_ID: userId }, user: userId, instance: undefined },
    { what: 'the instance', settings: { RADAR_SELECTED_INSTANCE: 'main' }, user: undefined, instance: 'main' },
  ])('has no header for a setting that is not there, with $what set', async ({ settings, user, instance }) => {
    const world = await startBehind(settings);
    // What the caller says about itself never takes the place of a setting.
    await world.send(mutation, undefined, caller);
    expect(radar.requests.map(identityOf)).toEqual([{ key: RADAR_API_KEY, user, instance }]);
  });
});
