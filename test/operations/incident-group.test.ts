import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { expectAnswer, failed, readError, refusedRead, unusable } from '../support/expected-answer.ts';
import { because } from '../support/input-refusal.ts';
import { finding, findingFields, group, groupFields, wireFinding, wireGroup } from '../support/known-records.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const QUERY = `query ($id: ID!) { incidentGroup(id: $id) { ${groupFields} } }`;
const id = wireGroup.id;
const READ = `GET /cruddy/v2/incident_groups/${id}`;

let world: World;
beforeAll(async () => {
  world = await startSeededWorld();
});
beforeEach(() => {
  world.reset();
  world.radar.putFinding(wireFinding);
  world.radar.putGroup(wireGroup);
});
afterAll(() => world.close());

describe('incidentGroup', () => {
  it('answers every field from its own key by one read, and asks for no relation when no findings are asked for', async () => {
    const answer = await world.send(QUERY, { id });

    expectAnswer(answer, { incidentGroup: group });
    expect(world.calls()).toEqual({ aegister: [], radar: [`${READ}?relations=`] });
  });

  it('answers its findings with every field by the same one read, of all relations', async () => {
    const query = `query ($id: ID!) { incidentGroup(id: $id) { ${groupFields} serviceAssetFindings { ${findingFields} } } }`;

    const answer = await world.send(query, { id });

    expectAnswer(answer, { incidentGroup: { ...group, serviceAssetFindings: [finding] } });
    expect(world.calls()).toEqual({ aegister: [], radar: [READ] });
  });

  it('reads all groups of an operation with relations when findings are asked for anywhere in it', async () => {
    const query = `query ($id: ID!, $other: ID!) {
      incidentGroup(id: $id) { title }
      other: incidentGroup(id: $other) { ...Findings }
    }
    fragment Findings on IncidentGroup { serviceAssetFindings { id } }`;

    const answer = await world.send(query, { id, other: seedIds.vendorExampleGroup });

    expectAnswer(answer, { incidentGroup: { title: group.title }, other: { serviceAssetFindings: [] } });
    expect(world.calls().radar.toSorted()).toEqual(
      [READ, `GET /cruddy/v2/incident_groups/${seedIds.vendorExampleGroup}`].toSorted(),
    );
  });

  it('takes the id in capitals and answers it as the backend writes it', async () => {
    const answer = await world.send('query ($id: ID!) { incidentGroup(id: $id) { id title } }', {
      id: id.toUpperCase(),
    });

    expectAnswer(answer, { incidentGroup: { id, title: group.title } });
    expect(world.calls().radar.map((call) => call.toLowerCase())).toEqual([`${READ}?relations=`.toLowerCase()]);
  });

  it.each([
    ['a key that is absent', undefined],
    ['null', null],
  ])('answers null without an error for every value that is %s', async (_case, value) => {
    const names = ['title', 'description', 'created_at', 'updated_at', 'incidents_count', 'user_id', 'group_id'];
    world.radar.faults.once(fault.lie(Object.fromEntries(names.map((name) => [name, value]))));

    const answer = await world.send(QUERY, { id });

    const nothing = Object.fromEntries(Object.keys(group).map((name) => [name, null]));
    expectAnswer(answer, { incidentGroup: { ...nothing, id } });
  });

  it.each([0, 7, -1, 2_147_483_647, -2_147_483_648])(
    'passes on incidents_count %d beside one linked finding',
    async (count) => {
      world.radar.faults.once(fault.lie({ incidents_count: count }));

      const query = 'query ($id: ID!) { incidentGroup(id: $id) { incidentsCount serviceAssetFindings { id } } }';
      const answer = await world.send(query, { id });

      expectAnswer(answer, { incidentGroup: { incidentsCount: count, serviceAssetFindings: [{ id: finding.id }] } });
    },
  );

  it('answers null without an error when there is no such group', async () => {
    const answer = await world.send(QUERY, { id: seedIds.unknownGroup });

    expectAnswer(answer, { incidentGroup: null });
    expect(world.calls().radar).toEqual([`GET /cruddy/v2/incident_groups/${seedIds.unknownGroup}?relations=`]);
  });

  it('reports UPSTREAM_ERROR at the field when the backend fails', async () => {
    world.radar.faults.once(fault.answer(500));

    const answer = await world.send(QUERY, { id });

    expectAnswer(answer, { incidentGroup: null }, readError(['incidentGroup'], failed('radar')));
  });

  it.each([
    ['another id', seedIds.phishingGroup],
    ['no id', undefined],
    ['null for an id', null],
    ['an empty id', ''],
    ['a number for an id', 7],
    ['an object for an id', { id }],
    ['a list for an id', [id]],
  ])('costs the whole record with UPSTREAM_BAD_RESPONSE when the answer carries %s', async (_case, value) => {
    world.radar.faults.once(fault.lie({ id: value }));

    const answer = await world.send(QUERY, { id });

    expectAnswer(answer, { incidentGroup: null }, readError(['incidentGroup'], unusable('radar')));
  });

  it.each([
    '',
    'update',
    '..',
    '7',
    id.slice(1),
    `${id}0`,
    `{${id}}`,
    `${id}?x=1`,
    ` ${id}`,
    `${id}\n`,
    id.replaceAll('-', ''),
  ])('refuses %j as id and sends nothing', async (badId) => {
    const answer = await world.send(QUERY, { id: badId });

    const issue = { path: ['id'], message: because.uuid };
    expectAnswer(answer, { incidentGroup: null }, refusedRead(['incidentGroup'], [issue]));
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });
});

describe('user and group of an incident group', () => {
  const assignees = '{ incidentGroup(id: "' + id + '") { user { id } group { id } } }';

  it.each([
    ['{}', {}],
    ['null', null],
    ['absent', undefined],
    ['another record', { id: seedIds.dayAnalyst }],
    ['a list', []],
    ['text', 'somebody'],
  ])('follow user_id and group_id when the relation beside them is %s', async (_case, relation) => {
    world.radar.faults.once(fault.lie({ user: relation, group: relation }));

    const answer = await world.send(assignees);

    expectAnswer(answer, { incidentGroup: { user: group.user, group: group.group } });
  });

  it.each([
    ['null', null],
    ['absent', undefined],
    ['empty text', ''],
  ])('are null without an error when user_id and group_id are %s, whatever is beside them', async (_case, value) => {
    const somebody = { id: seedIds.dayAnalyst };
    world.radar.faults.once(fault.lie({ user_id: value, group_id: value, user: somebody, group: somebody }));

    const answer = await world.send(assignees);

    expectAnswer(answer, { incidentGroup: { user: null, group: null } });
  });

  it.each([
    ['a number', 7],
    ['an object', { id: seedIds.nightAnalyst }],
    ['a list', [seedIds.nightAnalyst]],
    ['false', false],
  ])('are null with an error each when user_id and group_id are %s', async (_case, value) => {
    world.radar.faults.once(fault.lie({ user_id: value, group_id: value }));

    const answer = await world.send('{ incidentGroup(id: "' + id + '") { title user { id } group { id } } }');

    expectAnswer(
      answer,
      { incidentGroup: { title: group.title, user: null, group: null } },
      readError(['incidentGroup', 'user'], unusable('radar')),
      readError(['incidentGroup', 'group'], unusable('radar')),
    );
  });

  it('follow the write: an assignee set to null reads as nobody, the other one stays', async () => {
    const mutation = `mutation ($input: UpdateIncidentGroupInput!) {
      updateIncidentGroup(input: $input) { incidentGroup { user { __typename id } group { __typename id } } }
    }`;

    const answer = await world.send(mutation, { input: { id, userId: null } });

    const assigned = { user: null, group: { __typename: 'SiemUserGroup', id: seedIds.plantTeam } };
    expectAnswer(answer, { updateIncidentGroup: { incidentGroup: assigned } });
    expect(world.calls()).toEqual({ aegister: [], radar: ['PUT /cruddy/v2/incident_groups/update'] });
  });
});
