import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { expectAnswer, failed, readError, refusedRead, unusable } from '../support/expected-answer.ts';
import { because } from '../support/input-refusal.ts';
import { incident, incidentFields, wireIncident } from '../support/known-records.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const QUERY = `query ($organizationId: ID!, $id: ID!) { incident(organizationId: $organizationId, id: $id) { ${incidentFields} incidentGroup { id } } }`;
const key = { organizationId: '3071', id: '1024' };
const READ = 'GET /api/v1/V-Ciso/incidents/3071/1024';

let world: World;
beforeAll(async () => {
  world = await startSeededWorld();
});
beforeEach(() => {
  world.reset();
  world.aegister.putIncident(wireIncident);
});
afterAll(() => world.close());

describe('incident', () => {
  it('answers every field from its own key, by one read', async () => {
    const answer = await world.send(QUERY, key);

    expectAnswer(answer, { incident: { ...incident, incidentGroup: null } });
    expect(world.calls()).toEqual({ aegister: [READ], radar: [] });
  });

  it('sends a GET without a body', async () => {
    await world.send(QUERY, key);

    expect(world.aegister.requests.map(({ body, headers }) => [body, headers['content-type']])).toEqual([
      ['', undefined],
    ]);
  });

  it.each([
    ['a key that is absent', undefined],
    ['null', null],
  ])('answers null without an error for every value that is %s', async (_case, value) => {
    const lies = Object.keys(wireIncident).filter((name) => name !== 'id' && name !== 'organization_id');
    world.aegister.faults.once(fault.lie(Object.fromEntries(lies.map((name) => [`data.${name}`, value]))));

    const answer = await world.send(QUERY, key);

    const nothing = Object.fromEntries(Object.keys(incident).map((name) => [name, null]));
    expectAnswer(answer, { incident: { ...nothing, ...key, incidentGroup: null } });
  });

  it.each([
    ['draft', 'DRAFT'],
    ['submitted', 'SUBMITTED'],
    ['closed', 'CLOSED'],
  ])('answers the status %s as %s', async (status, expected) => {
    world.aegister.putIncident({ ...wireIncident, status });

    const answer = await world.send('{ incident(organizationId: 3071, id: 1024) { status } }');

    expectAnswer(answer, { incident: { status: expected } });
  });

  it('takes ids as numbers and answers them as text', async () => {
    const answer = await world.send('{ incident(organizationId: 3071, id: 1024) { organizationId id } }');

    expectAnswer(answer, { incident: key });
  });

  it('answers null without an error when there is no such incident', async () => {
    world.aegister.removeIncident(3071, 999);

    const answer = await world.send(QUERY, { ...key, id: '999' });

    expectAnswer(answer, { incident: null });
    expect(world.calls()).toEqual({ aegister: ['GET /api/v1/V-Ciso/incidents/3071/999'], radar: [] });
  });

  it('reports UPSTREAM_ERROR at the field when the backend fails', async () => {
    world.aegister.faults.once(fault.answer(500));

    const answer = await world.send(QUERY, key);

    expectAnswer(answer, { incident: null }, readError(['incident'], failed('aegister')));
    expect(world.calls()).toEqual({ aegister: [READ], radar: [] });
  });

  it.each([
    ['another id', { 'data.id': 1025 }],
    ['no id', { 'data.id': undefined }],
    ['null for an id', { 'data.id': null }],
    ['an object for an id', { 'data.id': { value: 1024 } }],
    ['an id with a fraction', { 'data.id': 1024.5 }],
    ['another organization', { 'data.organization_id': 4118 }],
    ['an object for an organization', { 'data.organization_id': {} }],
  ])('costs the whole record with UPSTREAM_BAD_RESPONSE when the answer carries %s', async (_case, lies) => {
    world.aegister.faults.once(fault.lie(lies));

    const answer = await world.send(QUERY, key);

    expectAnswer(answer, { incident: null }, readError(['incident'], unusable('aegister')));
  });

  it.each([
    ['the same ids as text', { 'data.id': '1024', 'data.organization_id': '3071' }],
    ['no organization', { 'data.organization_id': undefined }],
  ])('accepts an answer that carries %s', async (_case, lies) => {
    world.aegister.faults.once(fault.lie(lies));

    const answer = await world.send(QUERY, key);

    expectAnswer(answer, { incident: { ...incident, incidentGroup: null } });
  });

  it('accepts the largest id', async () => {
    const largest = Number.MAX_SAFE_INTEGER;
    world.aegister.putIncident({ ...wireIncident, organization_id: largest, id: largest });

    const answer = await world.send(QUERY, { organizationId: String(largest), id: String(largest) });

    const ids = { organizationId: '9007199254740991', id: '9007199254740991' };
    expectAnswer(answer, { incident: { ...incident, ...ids, incidentGroup: null } });
    expect(world.calls().aegister).toEqual(['GET /api/v1/V-Ciso/incidents/9007199254740991/9007199254740991']);
  });
});

describe('incident with an id that is none', () => {
  const badIds = [
    '',
    '0',
    '01',
    '+1',
    '-1',
    '1.0',
    '1e3',
    ' 1',
    '1\n',
    '9007199254740992',
    '٣',
    'threat-intel',
    '..',
    '1/2',
    '1?',
  ];

  it.each(badIds.map((id) => [id]))('refuses %j as id and sends nothing', async (id) => {
    const answer = await world.send(QUERY, { ...key, id });

    const issue = { path: ['id'], message: because.decimalId };
    expectAnswer(answer, { incident: null }, refusedRead(['incident'], [issue]));
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });

  it.each(badIds.map((id) => [id]))('refuses %j as organization and sends nothing', async (organizationId) => {
    const answer = await world.send(QUERY, { ...key, organizationId });

    const issue = { path: ['organizationId'], message: because.decimalId };
    expectAnswer(answer, { incident: null }, refusedRead(['incident'], [issue]));
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });

  it('names every fault at once', async () => {
    const answer = await world.send(QUERY, { organizationId: 'one', id: 'two' });

    const issues = ['organizationId', 'id'].map((name) => ({ path: [name], message: because.decimalId }));
    expectAnswer(answer, { incident: null }, refusedRead(['incident'], issues));
  });
});
