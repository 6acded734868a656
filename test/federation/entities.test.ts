import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { expectAnswer, failed, readError, savedError, unusable } from '../support/expected-answer.ts';
import * as known from '../support/known-records.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const QUERY = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  __typename
  ... on Incident { organizationId id title }
  ... on IncidentGroup { id title }
  ... on ServiceAssetFinding { id title }
} }`;

const incidentKey = { __typename: 'Incident', organizationId: '3071', id: '1024' };
const groupKey = { __typename: 'IncidentGroup', id: seedIds.emptyGroup };
const findingKey = { __typename: 'ServiceAssetFinding', id: seedIds.portalFloodFinding };

const incident = { ...incidentKey, title: 'title of the incident' };
const group = { ...groupKey, title: 'title of the group' };
const finding = { ...findingKey, title: 'a title' };

const GET_INCIDENT = 'GET /api/v1/V-Ciso/incidents/3071/1024';
const GET_GROUP = `GET /cruddy/v2/incident_groups/${groupKey.id}?relations=`;
const GET_FINDING = `GET /cruddy/v2/service_asset_findings/${findingKey.id}?relations=`;

let world: World;
beforeAll(async () => {
  world = await startSeededWorld();
});
beforeEach(() => {
  world.reset();
  world.aegister.putIncident(known.wireIncident);
  world.radar.putFinding(known.wireFinding);
  world.radar.putGroup(known.wireGroup);
});
afterAll(() => world.close());

const resolve = (...representations: unknown[]) => world.send(QUERY, { representations });

describe('_entities', () => {
  it.each([
    ['an incident', incidentKey, known.incidentFields, known.incident, { aegister: [GET_INCIDENT], radar: [] }],
    ['a group', groupKey, known.groupFields, known.group, { aegister: [], radar: [GET_GROUP] }],
    ['a finding', findingKey, known.findingFields, known.finding, { aegister: [], radar: [GET_FINDING] }],
  ])('reads %s by its key, every field of it', async (_case, key, fields, expected, calls) => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${key.__typename} { ${fields} } } }`;

    const answer = await world.send(query, { r: [key] });

    expectAnswer(answer, { _entities: [expected] });
    expect(world.calls()).toEqual(calls);
  });

  it.each(['SiemUser', 'SiemUserGroup'])(
    'echoes a reference to a %s, of which it knows no more, and sends nothing',
    async (type) => {
      const query = `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on ${type} { id } } }`;

      const answer = await world.send(query, { r: [{ __typename: type, id: 'a7' }] });

      expectAnswer(answer, { _entities: [{ __typename: type, id: 'a7' }] });
      expect(world.calls()).toEqual({ aegister: [], radar: [] });
    },
  );

  it('answers an empty list with an empty list and sends nothing', async () => {
    expectAnswer(await resolve(), { _entities: [] });
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });

  it('answers mixed types in the order of their representations, repeated ones by one read', async () => {
    const answer = await resolve(findingKey, incidentKey, groupKey, incidentKey, groupKey, findingKey);

    expectAnswer(answer, { _entities: [finding, incident, group, incident, group, finding] });
    expect(world.calls().aegister).toEqual([GET_INCIDENT]);
    expect(world.calls().radar.toSorted()).toEqual([GET_FINDING, GET_GROUP].toSorted());
  });

  it('keeps the order of representations however late each of them is answered', async () => {
    const other = { __typename: 'IncidentGroup', id: seedIds.phishingGroup };
    const held = fault.hold();
    world.radar.faults.once(held, { path: `/cruddy/v2/incident_groups/${groupKey.id}` });

    const answer = resolve(groupKey, other);
    const [last] = await world.radar.whenRequested(1, { path: `/cruddy/v2/incident_groups/${other.id}` });
    await last?.ended;
    held.release();

    expectAnswer(await answer, { _entities: [group, { ...other, title: 'Phishing wave, payroll' }] });
  });

  it('takes representations with further fields, as routers send them, and believes none of them', async () => {
    const answer = await resolve(
      { ...groupKey, title: 'forged', user_id: 'forged' },
      { ...incidentKey, title: 'forged' },
    );

    expectAnswer(answer, { _entities: [group, incident] });
  });

  it('takes keys of incidents as whole numbers', async () => {
    const answer = await resolve({ __typename: 'Incident', organizationId: 3071, id: 1024 }, incidentKey);

    expectAnswer(answer, { _entities: [incident, incident] });
    expect(world.calls().aegister).toEqual([GET_INCIDENT]);
  });

  it('takes representations written into the query', async () => {
    const answer = await world.send(
      '{ _entities(representations: [{ __typename: "Incident", organizationId: 3071, id: "1024" }]) { ... on Incident { title } } }',
    );

    expectAnswer(answer, { _entities: [{ title: incident.title }] });
  });

  it('reads a key once that comes in capitals and in small letters', async () => {
    const answer = await resolve(groupKey, { ...groupKey, id: groupKey.id.toUpperCase() });

    expectAnswer(answer, { _entities: [group, group] });
    expect(world.calls().radar).toHaveLength(1);
  });

  it('answers null without an error for keys that nobody knows, and their neighbours as ever', async () => {
    const answer = await resolve(
      { __typename: 'IncidentGroup', id: seedIds.unknownGroup },
      groupKey,
      { __typename: 'ServiceAssetFinding', id: seedIds.unknownFinding },
      { ...incidentKey, organizationId: '4118' },
      incidentKey,
    );

    expectAnswer(answer, { _entities: [null, group, null, null, incident] });
  });

  it('answers null with an error at its position for a key that cannot be read, and its neighbours as ever', async () => {
    world.radar.faults.once(fault.answer(500), { path: `/cruddy/v2/incident_groups/${groupKey.id}` });
    world.aegister.faults.once(fault.lie({ 'data.id': 7 }));

    const answer = await resolve(findingKey, groupKey, incidentKey);

    expectAnswer(
      answer,
      { _entities: [finding, null, null] },
      readError(['_entities', 1], failed('radar')),
      readError(['_entities', 2], unusable('aegister')),
    );
  });

  it('answers null with an error at its own path for a value that does not fit', async () => {
    world.radar.faults.once(fault.lie({ title: {} }), { path: `/cruddy/v2/incident_groups/${groupKey.id}` });

    const answer = await resolve(incidentKey, groupKey);

    expectAnswer(
      answer,
      { _entities: [incident, { ...group, title: null }] },
      readError(['_entities', 1, 'title'], unusable('radar')),
    );
  });

  it('reads links of entities: whole findings and the group of an incident', async () => {
    world.aegister.putIncident({ ...known.wireIncident, reference_code: groupKey.id });
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on Incident { incidentGroup { title serviceAssetFindings { title } } }
      ... on IncidentGroup { user { id } serviceAssetFindings { id } }
    } }`;

    const answer = await world.send(query, { r: [incidentKey, groupKey] });

    expectAnswer(answer, {
      _entities: [
        { incidentGroup: { title: group.title, serviceAssetFindings: [{ title: finding.title }] } },
        { user: known.group.user, serviceAssetFindings: [{ id: finding.id }] },
      ],
    });
    expect(world.calls().radar).toEqual([`GET /cruddy/v2/incident_groups/${groupKey.id}`]);
  });

  it('leaves after-write errors to mutations: the same failure below a mutation carries an outcome, here it does not', async () => {
    world.radar.faults.always(fault.lie({ title: {} }));
    const mutation = `mutation { updateIncidentGroup(input: { id: "${groupKey.id}", description: "d" }) {
      incidentGroup { title }
    } }`;

    const entity = await resolve(groupKey);
    const written = await world.send(mutation);

    expectAnswer(
      entity,
      { _entities: [{ ...group, title: null }] },
      readError(['_entities', 0, 'title'], unusable('radar')),
    );
    expectAnswer(
      written,
      { updateIncidentGroup: { incidentGroup: { title: null } } },
      savedError(['updateIncidentGroup', 'incidentGroup', 'title'], unusable('radar')),
    );
  });
});
