import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import type { JsonValue } from '../stand-ins/json.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { expectAnswer, failed, readError, savedError, unusable } from '../support/expected-answer.ts';
import * as known from '../support/group-with-findings.ts';
import { group, groupFields, wireFinding, wireGroup } from '../support/known-records.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const GET_INCIDENT = 'GET /api/v1/V-Ciso/incidents/3071/1024';
const PATCH = 'PATCH /api/v1/V-Ciso/incidents/3071/1024';
const getGroup = (id: string) => `GET /cruddy/v2/incident_groups/${id}?relations=`;

let world: World;
beforeAll(async () => {
  world = await startSeededWorld();
});
beforeEach(() => {
  world.reset();
  known.putGroupWithFindings(world);
  linkTo(known.groupId);
});
afterAll(() => world.close());

function linkTo(reference_code: string): void {
  world.aegister.putIncident({ organization_id: 3071, id: 1024, title: 'the incident', reference_code });
}

const read = (selection: string) => world.send(`{ incident(organizationId: 3071, id: 1024) { ${selection} } }`);
const update = (selection: string) =>
  world.send(`mutation {
    updateIncident(input: { organizationId: 3071, id: 1024, title: "the incident" }) { incident { ${selection} } }
  }`);

describe('incident.incidentGroup', () => {
  it('is the group whose UUID the reference code is, with every field, by one read', async () => {
    world.radar.putFinding(wireFinding);
    world.radar.putGroup(wireGroup);

    const answer = await read(`referenceCode incidentGroup { ${groupFields} }`);

    expectAnswer(answer, { incident: { referenceCode: known.groupId, incidentGroup: group } });
    expect(world.calls()).toEqual({ aegister: [GET_INCIDENT], radar: [getGroup(known.groupId)] });
  });

  it.each([
    ['{ id }', 'incidentGroup { id }', { incidentGroup: { id: known.groupId } }],
    [
      '{ __typename id }',
      'incidentGroup { __typename id }',
      { incidentGroup: { __typename: 'IncidentGroup', id: known.groupId } },
    ],
    [
      '{ id } and a skipped title',
      'incidentGroup { id title @skip(if: true) }',
      { incidentGroup: { id: known.groupId } },
    ],
    ['{ id } of a fragment', 'incidentGroup { ... on IncidentGroup { id } }', { incidentGroup: { id: known.groupId } }],
  ])('costs no read for %s, in a query and after a write', async (_case, selection, expected) => {
    expectAnswer(await read(selection), { incident: expected });
    expectAnswer(await update(selection), { updateIncident: { incident: expected } });

    expect(world.calls()).toEqual({ aegister: [GET_INCIDENT, PATCH], radar: [] });
  });

  it('costs no read for { id } of a group that is gone, as nobody looks', async () => {
    linkTo(seedIds.unknownGroup);

    expectAnswer(await read('incidentGroup { id }'), { incident: { incidentGroup: { id: seedIds.unknownGroup } } });
    expect(world.calls().radar).toEqual([]);
  });

  it('reads the group with all relations when its findings are asked for', async () => {
    const answer = await read('incidentGroup { serviceAssetFindings { id title } }');

    expectAnswer(answer, { incident: { incidentGroup: { serviceAssetFindings: [known.a, known.b] } } });
    expect(world.calls().radar).toEqual([known.GET_GROUP]);
  });

  it('finds the group when the reference code is its UUID in capitals', async () => {
    linkTo(known.groupId.toUpperCase());

    const whole = await read('incidentGroup { id title }');
    const idOnly = await read('incidentGroup { id }');

    expectAnswer(whole, { incident: { incidentGroup: { id: known.groupId, title: 'the group' } } });
    expect(JSON.parse(idOnly.text.toLowerCase())).toEqual({
      data: { incident: { incidentgroup: { id: known.groupId } } },
    });
    expect(world.calls().radar.map((call) => call.toLowerCase())).toEqual([getGroup(known.groupId).toLowerCase()]);
  });

  it.each([
    ['empty', ''],
    ['a ticket number', 'INC-2026-0117'],
    ['a UUID with something around it', ` ${known.groupId}`],
    ['a UUID in braces', `{${known.groupId}}`],
    ['a path', `${known.groupId}/../update`],
    ['the word update', 'update'],
  ])('is null without an error and without a read when the reference code is %s', async (_case, code) => {
    linkTo(code);

    const answer = await read('referenceCode incidentGroup { id title }');

    expectAnswer(answer, { incident: { referenceCode: code, incidentGroup: null } });
    expect(world.calls().radar).toEqual([]);
  });

  it.each<[string, JsonValue | undefined]>([
    ['null', null],
    ['absent', undefined],
  ])('is null without an error and without a read when the reference code is %s', async (_case, code) => {
    world.aegister.faults.once(fault.lie({ 'data.reference_code': code }));

    const answer = await read('referenceCode incidentGroup { id title }');

    expectAnswer(answer, { incident: { referenceCode: null, incidentGroup: null } });
    expect(world.calls().radar).toEqual([]);
  });

  it('is null without a read when the reference code is of another type, which costs the code alone', async () => {
    world.aegister.faults.once(fault.lie({ 'data.reference_code': 7 }));

    const answer = await read('title referenceCode incidentGroup { id title }');

    expectAnswer(
      answer,
      { incident: { title: 'the incident', referenceCode: null, incidentGroup: null } },
      readError(['incident', 'referenceCode'], unusable('aegister')),
    );
    expect(world.calls().radar).toEqual([]);
  });

  it('is null without an error when there is no such group, in a query and after a write', async () => {
    linkTo(seedIds.unknownGroup);

    expectAnswer(await read('title incidentGroup { id title }'), {
      incident: { title: 'the incident', incidentGroup: null },
    });
    expectAnswer(await update('title incidentGroup { id title }'), {
      updateIncident: { incident: { title: 'the incident', incidentGroup: null } },
    });
    const call = getGroup(seedIds.unknownGroup);
    expect(world.calls()).toEqual({ aegister: [GET_INCIDENT, PATCH], radar: [call, call] });
  });

  it('is null with an error of the other backend when the group cannot be read, and the incident stays', async () => {
    world.radar.faults.once(fault.answer(500));

    const answer = await read('title incidentGroup { id title }');

    expectAnswer(
      answer,
      { incident: { title: 'the incident', incidentGroup: null } },
      readError(['incident', 'incidentGroup'], failed('radar')),
    );
  });

  it('fails after a write with outcome APPLIED and is not retryable', async () => {
    world.radar.faults.once(fault.answer(500));

    const answer = await update('title incidentGroup { id title }');

    expectAnswer(
      answer,
      { updateIncident: { incident: { title: 'the incident', incidentGroup: null } } },
      savedError(['updateIncident', 'incident', 'incidentGroup'], failed('radar')),
    );
    expect(world.calls()).toEqual({ aegister: [PATCH], radar: [getGroup(known.groupId)] });
  });

  it('fails after a write at its findings alone when the group does not tell them', async () => {
    world.radar.relationsInReadAnswer = 'null';

    const answer = await update('incidentGroup { title serviceAssetFindings { id } }');

    const incidentGroup = { title: 'the group', serviceAssetFindings: null };
    const path = ['updateIncident', 'incident', 'incidentGroup', 'serviceAssetFindings'];
    expectAnswer(answer, { updateIncident: { incident: { incidentGroup } } }, savedError(path, unusable('radar')));
    expect(world.calls().radar).toEqual([known.GET_GROUP]);
  });

  it('follows the reference code that the write has just set', async () => {
    const answer = await world.send(`mutation {
      updateIncident(input: { organizationId: 3071, id: 1024, referenceCode: "${seedIds.phishingGroup}" }) {
        incident { incidentGroup { title } }
      }
    }`);

    expectAnswer(answer, { updateIncident: { incident: { incidentGroup: { title: 'Phishing wave, payroll' } } } });
    expect(world.calls()).toEqual({ aegister: [PATCH], radar: [getGroup(seedIds.phishingGroup)] });
  });
});
