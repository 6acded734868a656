import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { expectAnswer } from '../support/expected-answer.ts';
import * as known from '../support/group-with-findings.ts';
import { groupFields, incidentFields } from '../support/known-records.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const { a, b, groupId, PUT, GET_GROUP } = known;
const GET_GROUP_ALONE = `${GET_GROUP}?relations=`;
const GET_INCIDENT = 'GET /api/v1/V-Ciso/incidents/3071/1024';
const PATCH = 'PATCH /api/v1/V-Ciso/incidents/3071/1024';
const capitals = groupId.toUpperCase();

let world: World;
beforeAll(async () => {
  world = await startSeededWorld();
});
beforeEach(() => {
  world.reset();
  known.putGroupWithFindings(world);
  world.aegister.putIncident({ organization_id: 3071, id: 1024, title: 'the incident', reference_code: groupId });
});
afterAll(() => world.close());

describe('a mutation', () => {
  it('of an incident makes exactly one call, whatever of the incident is asked for', async () => {
    const query = `mutation { updateIncident(input: { organizationId: 3071, id: 1024, title: "t" }) {
      incident { ${incidentFields} incidentGroup { id } }
    } }`;

    expect((await world.send(query)).errors).toBeUndefined();

    expect(world.calls()).toEqual({ aegister: [PATCH], radar: [] });
  });

  it('of a group makes exactly one call, whatever of the group and of known ids is asked for', async () => {
    const answer = await known.updateGroup(world, `${groupFields} serviceAssetFindings { __typename id }`);

    expect(answer.errors).toBeUndefined();
    expect(world.calls()).toEqual({ aegister: [], radar: [PUT] });
  });

  it('with no selection but __typename makes exactly one call', async () => {
    const query = `mutation { updateIncidentGroup(input: { id: "${groupId}", title: "t" }) { __typename } }`;

    expectAnswer(await world.send(query), { updateIncidentGroup: { __typename: 'UpdateIncidentGroupPayload' } });

    expect(world.calls()).toEqual({ aegister: [], radar: [PUT] });
  });

  it('of two fields makes two calls, in the order of the document', async () => {
    const query = `mutation {
      group: updateIncidentGroup(input: { id: "${groupId}", title: "one" }) { incidentGroup { title } }
      again: updateIncidentGroup(input: { id: "${groupId}", title: "two" }) { incidentGroup { title } }
    }`;

    expectAnswer(await world.send(query), {
      group: { incidentGroup: { title: 'one' } },
      again: { incidentGroup: { title: 'two' } },
    });

    expect(world.radar.requests.map(({ method, bodyJson }) => [method, bodyJson])).toEqual([
      ['PUT', { title: 'one', id: groupId }],
      ['PUT', { title: 'two', id: groupId }],
    ]);
  });
});

describe('the same entity twice in one operation', () => {
  it('is one read of an incident under two aliases, by text and by number', async () => {
    const query = `{
      x: incident(organizationId: "3071", id: "1024") { title }
      y: incident(organizationId: 3071, id: 1024) { id }
    }`;

    expectAnswer(await world.send(query), { x: { title: 'the incident' }, y: { id: '1024' } });

    expect(world.calls().aegister).toEqual([GET_INCIDENT]);
  });

  it('is one read of a group under aliases in both cases and as link of an incident', async () => {
    const query = `{
      x: incidentGroup(id: "${groupId}") { title }
      y: incidentGroup(id: "${capitals}") { title }
      incident(organizationId: 3071, id: 1024) { incidentGroup { title } }
      _entities(representations: [{ __typename: "IncidentGroup", id: "${capitals}" }]) { ... on IncidentGroup { title } }
    }`;

    const one = { title: 'the group' };
    expectAnswer(await world.send(query), { x: one, y: one, incident: { incidentGroup: one }, _entities: [one] });

    expect(world.calls().aegister).toEqual([GET_INCIDENT]);
    expect(world.calls().radar.map((call) => call.toLowerCase())).toEqual([GET_GROUP_ALONE.toLowerCase()]);
  });

  it('is one read of a group of which one place asks for the findings and the other does not', async () => {
    const query = `{
      x: incidentGroup(id: "${groupId}") { title }
      incident(organizationId: 3071, id: 1024) { incidentGroup { serviceAssetFindings { title } } }
    }`;

    const incidentGroup = { serviceAssetFindings: [{ title: a.title }, { title: b.title }] };
    expectAnswer(await world.send(query), { x: { title: 'the group' }, incident: { incidentGroup } });

    expect(world.calls().radar).toEqual([GET_GROUP]);
  });

  it('is one read of a finding, by field, by key and as element of two groups', async () => {
    world.radar.relationsInReadAnswer = 'ids';
    world.radar.putGroup({ id: groupId, service_asset_findings: [a.id] });
    world.radar.putGroup({ id: seedIds.vendorExampleGroup, service_asset_findings: [a.id.toUpperCase()] });
    const query = `{
      x: incidentGroup(id: "${groupId}") { serviceAssetFindings { title } }
      y: incidentGroup(id: "${seedIds.vendorExampleGroup}") { serviceAssetFindings { title } }
    }`;

    const group = { serviceAssetFindings: [{ title: a.title }] };
    expectAnswer(await world.send(query), { x: group, y: group });

    const findings = world.calls().radar.filter((call) => call.includes('/service_asset_findings/'));
    expect(findings.map((call) => call.toLowerCase())).toEqual([known.getFinding(a).toLowerCase()]);
    expect(world.calls().radar).toHaveLength(3);
  });

  it('is one read of a record that is not there, and one of a record that cannot be read', async () => {
    world.radar.faults.always(fault.answer(500), { path: `/cruddy/v2/incident_groups/${groupId}` });
    const query = `{
      x: incidentGroup(id: "${seedIds.unknownGroup}") { title }
      y: incidentGroup(id: "${seedIds.unknownGroup}") { title }
      v: incidentGroup(id: "${groupId}") { title }
      w: incidentGroup(id: "${groupId}") { title }
    }`;

    const answer = await world.send(query);

    expect(answer.data).toEqual({ x: null, y: null, v: null, w: null });
    expect(answer.errors?.map(({ path }) => path)).toEqual([['v'], ['w']]);
    expect(world.calls().radar.toSorted()).toEqual(
      [GET_GROUP_ALONE, `GET /cruddy/v2/incident_groups/${seedIds.unknownGroup}?relations=`].toSorted(),
    );
  });
});

describe('two requests', () => {
  it('share no read, one after the other', async () => {
    const before = await known.readGroup(world, 'title');
    world.radar.putGroup({ id: groupId, title: 'changed in between' });
    const after = await known.readGroup(world, 'title');

    expectAnswer(before, { incidentGroup: { title: 'the group' } });
    expectAnswer(after, { incidentGroup: { title: 'changed in between' } });
    expect(world.calls().radar).toEqual([GET_GROUP_ALONE, GET_GROUP_ALONE]);
  });

  it('share no read at the same time', async () => {
    const held = fault.hold();
    world.radar.faults.once(held);
    const first = known.readGroup(world, 'title');
    await held.arrived;
    world.radar.putGroup({ id: groupId, title: 'changed in between' });
    const second = await known.readGroup(world, 'title');
    held.release();

    expectAnswer(second, { incidentGroup: { title: 'changed in between' } });
    expectAnswer(await first, { incidentGroup: { title: 'the group' } });
    expect(world.calls().radar).toEqual([GET_GROUP_ALONE, GET_GROUP_ALONE]);
  });

  it('share nothing of what one of them has written', async () => {
    await known.updateGroup(world, 'title', { title: 'written' });
    world.radar.putGroup({ id: groupId, title: 'changed since' });

    const answer = await known.readGroup(world, 'title');

    expectAnswer(answer, { incidentGroup: { title: 'changed since' } });
    expect(world.calls().radar).toEqual([PUT, GET_GROUP_ALONE]);
  });
});
