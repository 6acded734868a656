import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { because, expectRefused } from '../support/input-refusal.ts';
import { onlyCall } from '../support/one-call.ts';
import { groupUpdate, inputWays, toOperation, type Input, type InputWay } from '../support/update-mutations.ts';
import { givenIn, groupBody, groupRows, type UpdateRow } from '../support/update-rows.ts';
import { startWorld, type GraphQLAnswer, type World } from '../support/world.ts';

const id = seedIds.ransomwareGroup;
const call = 'PUT /cruddy/v2/incident_groups/update';
const applied = { data: { updateIncidentGroup: { incidentGroup: { id } } }, errors: undefined };
const rows = groupRows;
const assignments = rows.filter(({ nullRefusedBecause }) => nullRefusedBecause === undefined);
const neverNull = rows.filter(({ nullRefusedBecause }) => nullRefusedBecause !== undefined);

const inputOf = (given: readonly UpdateRow[]): Input => ({ id, ...givenIn(given) });
const bodyOf = (given: readonly UpdateRow[]): string => groupBody(id, given);

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
});
afterAll(() => world.close());

function send(way: InputWay, input: Input): Promise<GraphQLAnswer> {
  const { query, variables } = toOperation(groupUpdate, way, input);
  return world.send(query, variables);
}

describe.each(inputWays)('input of updateIncidentGroup as %s', (way) => {
  it('sends every field under its wire name, in the order of the vendor', async () => {
    expect(await send(way, inputOf(rows))).toMatchObject(applied);
    expect(onlyCall(world)).toEqual({ call, body: bodyOf(rows) });
  });

  it.each(rows)('sends id, $wireName and no other key when only $field is given', async (given) => {
    expect(await send(way, inputOf([given]))).toMatchObject(applied);
    expect(onlyCall(world)).toEqual({ call, body: bodyOf([given]) });
  });

  it.each(rows)('leaves $wireName out of the body when only $field is absent', async ({ field }) => {
    const others = rows.filter((other) => other.field !== field);
    expect(await send(way, inputOf(others))).toMatchObject(applied);
    expect(onlyCall(world)).toEqual({ call, body: bodyOf(others) });
  });

  it.each(assignments)('passes null in $field on as null', async (assignment) => {
    expect(await send(way, { id, [assignment.field]: null })).toMatchObject(applied);
    expect(onlyCall(world)).toEqual({ call, body: JSON.stringify({ [assignment.wireName]: null, id }) });
  });

  it.each(neverNull)('refuses null in $field at its path, beside valid fields, and sends nothing', async (refused) => {
    const answer = await send(way, { ...inputOf(rows), [refused.field]: null });
    const path = ['input', refused.field];
    expectRefused(world, answer, 'updateIncidentGroup', { path, message: refused.nullRefusedBecause ?? '' });
  });

  it.each([
    ['nothing but the id', { id }],
    ['the id and relations without any list', { id, relations: {} }],
  ])('refuses an input of %s and sends nothing', async (_what, input) => {
    const refusal = { path: ['input'], message: because.nothing, code: 'NOTHING_TO_CHANGE' };
    expectRefused(world, await send(way, input), 'updateIncidentGroup', refusal);
  });

  it('names every field that may not be null, not only the first', async () => {
    const nulls = Object.fromEntries(rows.map(({ field }) => [field, null]));
    const refusals = neverNull.map(({ field, nullRefusedBecause }) => ({
      path: ['input', field],
      message: nullRefusedBecause ?? '',
    }));
    expectRefused(world, await send(way, { id, ...nulls }), 'updateIncidentGroup', ...refusals);
  });
});

it('gives every refused null the issue code NULL_NOT_ALLOWED', async () => {
  const nulls = Object.fromEntries(rows.map(({ field }) => [field, null]));
  const refusals = neverNull.map(({ field, nullRefusedBecause }) => ({
    path: ['input', field],
    message: nullRefusedBecause ?? '',
    code: 'NULL_NOT_ALLOWED',
  }));
  expectRefused(world, await send('a literal', { id, ...nulls }), 'updateIncidentGroup', ...refusals);
});

it.each(['title', 'description'])('sends empty text in %s as it is', async (field) => {
  expect(await send('one variable per field', { id, [field]: '' })).toMatchObject(applied);
  expect(onlyCall(world)).toEqual({ call, body: JSON.stringify({ [field]: '', id }) });
});

it('takes nobody as a change of its own, both assignments at once', async () => {
  expect(await send('a literal', { id, groupId: null, userId: null })).toMatchObject(applied);
  expect(onlyCall(world)).toEqual({ call, body: JSON.stringify({ user_id: null, group_id: null, id }) });
});
