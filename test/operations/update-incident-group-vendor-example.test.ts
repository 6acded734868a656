import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { vendorExamples } from '../stand-ins/vendor-examples.ts';
import { onlyRequest } from '../support/one-call.ts';
import { RADAR_API_KEY, startWorld, type World } from '../support/world.ts';

const id = '497f6eca-6276-4993-bfeb-53cbbbba6f08';
const userId = 'a169451c-8525-4352-b8ca-070dd449a1a5';
const groupId = '306db4e0-7449-4501-b76f-075576fe2d8f';
const exampleTime = '2023-12-20T00:00:01.652259Z';

/** The example body of the vendor's page in the words of this schema. */
const input = {
  title: 'string',
  description: 'string',
  userId,
  groupId,
  id,
  createdAt: exampleTime,
  updatedAt: exampleTime,
  traceId: 'uuid',
  // The vendor's example uses one id both for the group and for its finding.
  relations: { serviceAssetFindingIds: [id] },
};

const mutation = `mutation ($input: UpdateIncidentGroupInput!) {
  updateIncidentGroup(input: $input) {
    incidentGroup {
      id title description createdAt updatedAt incidentsCount user { id } group { id } serviceAssetFindings { id }
    }
  }
}`;

const incidentGroup = {
  id,
  title: 'string',
  description: 'string',
  createdAt: exampleTime,
  updatedAt: exampleTime,
  incidentsCount: 0,
  user: { id: userId },
  group: { id: groupId },
  serviceAssetFindings: [{ id }],
};

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
  world.radar.demandAllFields = false;
  world.radar.removeGroup(id);
  world.radar.putGroup({ id, created_at: '2023-12-01T00:00:00.000001Z' });
});
afterAll(() => world.close());

it("sends the vendor's example body byte by byte in one PUT", async () => {
  await world.send(mutation, { input });
  const { method, path, body } = onlyRequest(world);
  expect({ method, path }).toEqual({ method: 'PUT', path: '/cruddy/v2/incident_groups/update' });
  expect(body).toBe(JSON.stringify(JSON.parse(vendorExamples.radar.updateRequest)));
});

it('signs the PUT with the configured key and sends no header beyond the necessary', async () => {
  const mine = {
    pgrapikey: 'of-the-caller',
    'pgr-user-id': '9fd0c7f1-6f83-4b19-b0a8-4fd3f2a9a001',
    pgrselectedinstance: 'of-the-caller',
    authorization: 'Bearer caller',
    cookie: 'a=b',
  };
  await world.send(mutation, { input }, mine);
  const { headers, bodyBytes } = onlyRequest(world);
  expect(headers).toEqual({
    host: new URL(world.radar.url).host,
    connection: 'keep-alive',
    accept: 'application/json',
    'content-type': 'application/json',
    'content-length': String(bodyBytes.length),
    pgrapikey: RADAR_API_KEY,
  });
});

it("answers every field of the vendor's example answer without a further call", async () => {
  const { updateAnswer } = vendorExamples.radar;
  world.radar.faults.once(fault.text(200, updateAnswer, 'application/json', { applied: true }));
  const { status, data, errors } = await world.send(mutation, { input });
  expect({ status, data, errors }).toEqual({
    status: 200,
    data: { updateIncidentGroup: { incidentGroup } },
    errors: undefined,
  });
  expect(world.calls()).toEqual({ aegister: [], radar: ['PUT /cruddy/v2/incident_groups/update'] });
});

it('answers what the backend stored, whose own times win over those sent', async () => {
  const { status, data, errors } = await world.send(mutation, { input });
  const stored = {
    ...incidentGroup,
    createdAt: '2023-12-01T00:00:00.000001Z',
    updatedAt: world.radar.group(id)?.updated_at,
  };
  expect({ status, data, errors }).toEqual({
    status: 200,
    data: { updateIncidentGroup: { incidentGroup: stored } },
    errors: undefined,
  });
  expect(stored.updatedAt).toMatch(/^2026-03-09T.*\.\d{6}Z$/);
});

it('is taken by an installation that insists on every field the page calls required', async () => {
  world.radar.demandAllFields = true;
  const answer = await world.send(mutation, { input });
  expect(answer).toMatchObject({ data: { updateIncidentGroup: { incidentGroup: { id } } }, errors: undefined });
});
