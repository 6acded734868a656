import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { expectAnswer, failed, readError, refusedRead, unusable } from '../support/expected-answer.ts';
import { because } from '../support/input-refusal.ts';
import { finding, findingFields, wireFinding } from '../support/known-records.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startSeededWorld();
});
beforeEach(() => {
  world.reset();
  world.radar.putFinding(wireFinding);
});
afterAll(() => world.close());

const badIds = [
  '',
  'by_event_uuid',
  '..',
  '7',
  wireFinding.id.slice(1),
  `${wireFinding.id}&relations=finding`,
  ` ${wireFinding.id}`,
];

describe('serviceAssetFinding', () => {
  const QUERY = `query ($id: ID!) { serviceAssetFinding(id: $id) { ${findingFields} } }`;
  const id = wireFinding.id;
  /** The address without its query: which relations of a finding there are is not documented, and none is needed. */
  const reads = () => world.calls().radar.map((call) => call.split('?', 1)[0]);

  it('answers all 26 documented fields, each from its own key, by one read', async () => {
    const answer = await world.send(QUERY, { id });

    expect(Object.keys(finding)).toHaveLength(26);
    expectAnswer(answer, { serviceAssetFinding: finding });
    expect(reads()).toEqual([`GET /cruddy/v2/service_asset_findings/${id}`]);
    expect(world.calls().aegister).toEqual([]);
  });

  it.each([
    ['a key that is absent', undefined],
    ['null', null],
  ])('answers null without an error for every value that is %s', async (_case, value) => {
    const names = Object.keys(wireFinding).filter((name) => name !== 'id');
    world.radar.faults.once(fault.lie(Object.fromEntries(names.map((name) => [name, value]))));

    const answer = await world.send(QUERY, { id });

    const nothing = Object.fromEntries(Object.keys(finding).map((name) => [name, null]));
    expectAnswer(answer, { serviceAssetFinding: { ...nothing, id } });
  });

  it.each([0, 5.35, -2.5, 1e21])('answers risklevel and immediateActionScore of %d as they are', async (value) => {
    world.radar.putFinding({ id, risklevel: value, immediate_action_score: value });

    const answer = await world.send(`{ serviceAssetFinding(id: "${id}") { risklevel immediateActionScore } }`);

    expectAnswer(answer, { serviceAssetFinding: { risklevel: value, immediateActionScore: value } });
  });

  it('passes on enum values that no page documents, and JSON that is kept inside a text', async () => {
    const values = { status: 'closed_as_noise', risk: 'critical', alert_type: 'manual', throughput_period: 'overdue' };
    world.radar.putFinding({ id, ...values, analysis_output: '{"a":[1]}' });

    const query = `{ serviceAssetFinding(id: "${id}") { status risk alertType throughputPeriod analysisOutput } }`;
    const answer = await world.send(query);

    const expected = { status: 'closed_as_noise', risk: 'critical', alertType: 'manual', throughputPeriod: 'overdue' };
    expectAnswer(answer, { serviceAssetFinding: { ...expected, analysisOutput: '{"a":[1]}' } });
  });

  it('answers null without an error when there is no such finding', async () => {
    const answer = await world.send(QUERY, { id: seedIds.unknownFinding });

    expectAnswer(answer, { serviceAssetFinding: null });
    expect(reads()).toEqual([`GET /cruddy/v2/service_asset_findings/${seedIds.unknownFinding}`]);
  });

  it('reports UPSTREAM_ERROR at the field when the backend fails', async () => {
    world.radar.faults.once(fault.answer(500));

    const answer = await world.send(QUERY, { id });

    expectAnswer(answer, { serviceAssetFinding: null }, readError(['serviceAssetFinding'], failed('radar')));
  });

  it.each([
    ['another id', seedIds.inboxRuleFinding],
    ['no id', undefined],
    ['a number for an id', 7],
  ])('costs the whole record with UPSTREAM_BAD_RESPONSE when the answer carries %s', async (_case, value) => {
    world.radar.faults.once(fault.lie({ id: value }));

    const answer = await world.send(QUERY, { id });

    expectAnswer(answer, { serviceAssetFinding: null }, readError(['serviceAssetFinding'], unusable('radar')));
  });

  it.each(badIds)('refuses %j as id and sends nothing', async (badId) => {
    const answer = await world.send(QUERY, { id: badId });

    const issue = { path: ['id'], message: because.uuid };
    expectAnswer(answer, { serviceAssetFinding: null }, refusedRead(['serviceAssetFinding'], [issue]));
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });
});

describe('serviceAssetFindingsByEvent', () => {
  const FIELD = 'serviceAssetFindingsByEvent';
  const QUERY = `query ($eventId: ID!) { ${FIELD}(eventId: $eventId) { ${findingFields} } }`;
  const eventId = seedIds.mailGatewayEvent;
  const READ = `GET /cruddy/v2/sevice_asset_findings/by_event_uuid?uuid=${eventId}`;
  const TITLES = `{ ${FIELD}(eventId: "${eventId}") { id title } }`;

  it('answers every field of every finding in order, by one call to the path that its page spells without an "r"', async () => {
    world.radar.faults.once(fault.lie({ objects: [{ ...wireFinding }, { ...wireFinding, id: 'second' }], total: 2 }));

    const answer = await world.send(QUERY, { eventId });

    expectAnswer(answer, { [FIELD]: [finding, { ...finding, id: 'second' }] });
    expect(world.calls()).toEqual({ aegister: [], radar: [READ] });
  });

  it('answers an empty list when nothing belongs to the event', async () => {
    const answer = await world.send(QUERY, { eventId: seedIds.unknownEvent });

    expectAnswer(answer, { [FIELD]: [] });
  });

  it('answers null without an error when the backend does not know the event', async () => {
    world.radar.faults.once(fault.answer(404, {}, { error: 'Not Found', error_code: 404 }));

    const answer = await world.send(QUERY, { eventId });

    expectAnswer(answer, { [FIELD]: null });
  });

  it('answers null for an element that is none, with an error at its index, and keeps its neighbours', async () => {
    const objects = [{ id: 'first', title: 'one' }, {}, 7, { id: 'last', title: 'four' }];
    world.radar.faults.once(fault.lie({ objects, total: 4 }));

    const answer = await world.send(TITLES);

    expectAnswer(
      answer,
      { [FIELD]: [{ id: 'first', title: 'one' }, null, null, { id: 'last', title: 'four' }] },
      readError([FIELD, 1], unusable('radar')),
      readError([FIELD, 2], unusable('radar')),
    );
  });

  it('does not hold the number of findings against the total', async () => {
    world.radar.faults.once(fault.lie({ objects: [{ id: 'only', title: 'one' }], total: 40 }));

    const answer = await world.send(TITLES);

    expectAnswer(answer, { [FIELD]: [{ id: 'only', title: 'one' }] });
  });

  it.each([
    ['absent', undefined],
    ['null beside a total', null],
    ['{}', {}],
    ['text', 'none'],
  ])('reports UPSTREAM_BAD_RESPONSE when the list is %s', async (_case, objects) => {
    world.radar.faults.once(fault.lie({ objects, total: 2 }));

    const answer = await world.send(TITLES);

    expectAnswer(answer, { [FIELD]: null }, readError([FIELD], unusable('radar')));
  });

  it('reads an event once that is asked for twice, in whatever case', async () => {
    const query = `{ a: ${FIELD}(eventId: "${eventId}") { id } b: ${FIELD}(eventId: "${eventId.toUpperCase()}") { title } }`;

    const answer = await world.send(query);

    expectAnswer(answer, {
      a: [{ id: seedIds.lookalikeDomainFinding }, { id: seedIds.credentialFormFinding }],
      b: [{ title: 'Mail from a domain registered yesterday' }, { title: 'Password typed into a copied payroll page' }],
    });
    expect(world.calls().radar).toEqual([READ]);
  });

  it.each(badIds)('refuses %j as event id and sends nothing', async (badId) => {
    const answer = await world.send(QUERY, { eventId: badId });

    const issue = { path: ['eventId'], message: because.uuid };
    expectAnswer(answer, { [FIELD]: null }, refusedRead([FIELD], [issue]));
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });
});
