import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAegister, type Aegister } from '../stand-ins/aegister.ts';
import { startRadar, type Radar } from '../stand-ins/radar.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { AEGISTER_TOKEN, RADAR_API_KEY, startWorld, type World } from '../support/world.ts';

const groupId = seedIds.remoteAccessGroup;
const mutation = `mutation {
  updateIncident(input: { organizationId: "4118", id: "2201", title: "Behind a gateway" }) {
    incident { title incidentGroup { title } }
  }
  updateIncidentGroup(input: { id: "${groupId}", description: "Behind a gateway" }) {
    incidentGroup { description }
  }
}`;

describe.each([
  ['written without a slash at its end', ''],
  ['written with a slash at its end', '/'],
])('base addresses with a path prefix, %s', (_how, end) => {
  let aegister: Aegister;
  let radar: Radar;
  let world: World;
  beforeAll(async () => {
    aegister = await startAegister({ token: AEGISTER_TOKEN, basePath: '/gw/V-ciso' });
    radar = await startRadar({ apiKey: RADAR_API_KEY, basePath: '/tenant-7/soc/radar' });
    world = await startWorld({ AEGISTER_BASE_URL: aegister.baseUrl + end, RADAR_BASE_URL: radar.baseUrl + end });
  });
  beforeEach(() => {
    aegister.clearRequests();
    radar.clearRequests();
    aegister.putIncident({ organization_id: 4118, id: 2201, reference_code: groupId });
  });
  afterAll(() => Promise.all([world.close(), aegister.close(), radar.close()]));

  it('stand in front of the path of every write and read', async () => {
    const { status, data, errors } = await world.send(mutation);
    expect({ status, data, errors }).toEqual({
      status: 200,
      data: {
        updateIncident: {
          incident: { title: 'Behind a gateway', incidentGroup: { title: 'Remote access to station 7' } },
        },
        updateIncidentGroup: { incidentGroup: { description: 'Behind a gateway' } },
      },
      errors: undefined,
    });
    expect(aegister.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PATCH /gw/V-ciso/api/v1/V-Ciso/incidents/4118/2201',
    ]);
    expect(radar.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /tenant-7/soc/radar/cruddy/v2/incident_groups/${groupId}?relations=`,
      'PUT /tenant-7/soc/radar/cruddy/v2/incident_groups/update',
    ]);
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });
});
