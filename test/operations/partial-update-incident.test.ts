import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { because, expectRefused } from '../support/input-refusal.ts';
import { onlyCall } from '../support/one-call.ts';
import { incidentUpdate, inputWays, toOperation, type Input, type InputWay } from '../support/update-mutations.ts';
import { givenIn, incidentBody, incidentRows, type UpdateRow } from '../support/update-rows.ts';
import { startWorld, type GraphQLAnswer, type World } from '../support/world.ts';

const key = { organizationId: '3071', id: '1024' };
const call = 'PATCH /api/v1/V-Ciso/incidents/3071/1024';
const applied = { data: { updateIncident: { incident: { id: '1024' } } }, errors: undefined };

const rows = incidentRows;

const inputOf = (given: readonly UpdateRow[]): Input => ({ ...key, ...givenIn(given) });
const bodyOf = incidentBody;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
  world.aegister.putIncident({ organization_id: 3071, id: 1024, status: 'draft' });
});
afterAll(() => world.close());

function send(way: InputWay, input: Input): Promise<GraphQLAnswer> {
  const { query, variables } = toOperation(incidentUpdate, way, input);
  return world.send(query, variables);
}

describe.each(inputWays)('input of updateIncident as %s', (way) => {
  it('sends every field under its wire name, in the order of the vendor', async () => {
    expect(await send(way, inputOf(rows))).toMatchObject(applied);
    expect(onlyCall(world)).toEqual({ call, body: bodyOf(rows) });
  });

  it.each(rows)('sends $wireName and no other key when only $field is given', async (given) => {
    expect(await send(way, inputOf([given]))).toMatchObject(applied);
    expect(onlyCall(world)).toEqual({ call, body: bodyOf([given]) });
  });

  it.each(rows)('leaves $wireName out of the body when only $field is absent', async ({ field }) => {
    const others = rows.filter((other) => other.field !== field);
    expect(await send(way, inputOf(others))).toMatchObject(applied);
    expect(onlyCall(world)).toEqual({ call, body: bodyOf(others) });
  });

  it.each(rows)('refuses null in $field at its path, beside valid fields, and sends nothing', async (refused) => {
    const answer = await send(way, { ...inputOf(rows), [refused.field]: null });
    const path = ['input', refused.field];
    expectRefused(world, answer, 'updateIncident', { path, message: refused.nullRefusedBecause ?? '' });
  });

  it('refuses an input of nothing but ids and sends nothing', async () => {
    const refusal = { path: ['input'], message: because.nothing, code: 'NOTHING_TO_CHANGE' };
    expectRefused(world, await send(way, key), 'updateIncident', refusal);
  });

  it('names every field that is null, not only the first', async () => {
    const nulls = Object.fromEntries(rows.map(({ field }) => [field, null]));
    const refusals = rows.map(({ field, nullRefusedBecause }) => ({
      path: ['input', field],
      message: nullRefusedBecause ?? '',
    }));
    expectRefused(world, await send(way, { ...key, ...nulls }), 'updateIncident', ...refusals);
  });
});

it('gives every refused null the issue code NULL_NOT_ALLOWED', async () => {
  const nulls = Object.fromEntries(rows.map(({ field }) => [field, null]));
  const refusals = rows.map(({ field, nullRefusedBecause }) => ({
    path: ['input', field],
    message: nullRefusedBecause ?? '',
    code: 'NULL_NOT_ALLOWED',
  }));
  expectRefused(world, await send('a literal', { ...key, ...nulls }), 'updateIncident', ...refusals);
});

it.each([
  ['DRAFT', 'draft'],
  ['SUBMITTED', 'submitted'],
  ['CLOSED', 'closed'],
])('sends status %s as %s', async (status, wireStatus) => {
  const { query, variables } = toOperation(
    { ...incidentUpdate, selection: 'incident { status }' },
    'one whole-input variable',
    { ...key, status },
  );
  const answer = await world.send(query, variables);
  expect(answer).toMatchObject({ data: { updateIncident: { incident: { status } } }, errors: undefined });
  expect(onlyCall(world)).toEqual({ call, body: JSON.stringify({ status: wireStatus }) });
});

it.each(['title', 'referenceCode', 'subjectType'])('sends empty text in %s as it is', async (field) => {
  const wireName = rows.find((candidate) => candidate.field === field)?.wireName ?? '';
  expect(await send('one variable per field', { ...key, [field]: '' })).toMatchObject(applied);
  expect(onlyCall(world)).toEqual({ call, body: JSON.stringify({ [wireName]: '' }) });
});

it('sends the default a client gives its own variable, because then the field is given', async () => {
  const query = `mutation ($title: String = "by default", $subjectType: String) {
    updateIncident(input: { organizationId: "3071", id: "1024", title: $title, subjectType: $subjectType }) {
      incident { id }
    }
  }`;
  expect(await world.send(query)).toMatchObject(applied);
  expect(onlyCall(world)).toEqual({ call, body: '{"title":"by default"}' });
});

it('refuses a variable whose own default is null like any other null', async () => {
  const query = `mutation ($title: String = null) {
    updateIncident(input: { organizationId: "3071", id: "1024", title: $title }) { incident { id } }
  }`;
  const refusal = { path: ['input', 'title'], message: because.null };
  expectRefused(world, await world.send(query), 'updateIncident', refusal);
});
