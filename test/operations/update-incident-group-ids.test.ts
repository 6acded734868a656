import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { because, expectNotExecuted, expectRefused } from '../support/input-refusal.ts';
import { onlyCall } from '../support/one-call.ts';
import { groupUpdate, toOperation, type Input } from '../support/update-mutations.ts';
import { startWorld, type GraphQLAnswer, type World } from '../support/world.ts';

const id = seedIds.ransomwareGroup;
const call = 'PUT /cruddy/v2/incident_groups/update';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
});
afterAll(() => world.close());

function send(input: Input): Promise<GraphQLAnswer> {
  const { query, variables } = toOperation(groupUpdate, 'one whole-input variable', input);
  return world.send(query, variables);
}

describe('id of a group', () => {
  it.each([
    ['lower case', id],
    ['upper case', id.toUpperCase()],
    ['mixed case', id.replace('a', 'A')],
  ])('is taken in %s and sent as it was given', async (_case, given) => {
    const answer = await send({ id: given, description: 'x' });
    expect(answer).toMatchObject({ data: { updateIncidentGroup: { incidentGroup: { id } } }, errors: undefined });
    expect(onlyCall(world)).toEqual({ call, body: JSON.stringify({ description: 'x', id: given }) });
  });

  it.each([
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '00000000-0000-0000-0000-000000000000',
    '018f4e9c-7c1e-7abc-8def-0123456789ab',
  ])('is taken as UUID of whatever version: %s', async (given) => {
    world.radar.putGroup({ id: given });
    const answer = await send({ id: given, description: 'x' });
    expect(answer).toMatchObject({ data: { updateIncidentGroup: { incidentGroup: { id: given } } } });
    expect(onlyCall(world)).toEqual({ call, body: JSON.stringify({ description: 'x', id: given }) });
  });

  it.each([
    '',
    '1',
    'update',
    id.slice(1),
    `${id}0`,
    ` ${id}`,
    `${id} `,
    `${id}\n`,
    id.replaceAll('-', ''),
    `{${id}}`,
    `urn:uuid:${id}`,
    id.replace('5', 'g'),
    id.replace('-', '_'),
    `../${id}`,
    `${id}/../x`,
    id.replace('5', '\uff15'),
  ])('is refused as %j, and nothing is sent', async (given) => {
    const refusal = { path: ['input', 'id'], message: because.uuid, code: 'INVALID' };
    expectRefused(world, await send({ id: given, title: 'x' }), 'updateIncidentGroup', refusal);
  });

  it('has to be there', async () => {
    expectNotExecuted(world, await send({ title: 'x' }), 'BAD_USER_INPUT');
  });
});

const goodBodyIds: [string, string][] = [
  ['one character', '7'],
  ['128 characters', 'a'.repeat(128)],
  ['text that is no UUID', 'user@example.org / 7'],
  ['characters beyond ASCII', '\u00e4\u6f22\u{1f600}'],
  ['quotes and backslashes', '"\\"'],
  ['dots and slashes, which have no meaning in a body', '../1'],
];

const badBodyIds: [string, string][] = [
  ['empty text', ''],
  ['129 characters', 'a'.repeat(129)],
  ['a NUL', 'a\u0000b'],
  ['a tab', 'a\tb'],
  ['a line feed at the end', 'a\n'],
  ['a carriage return', 'a\rb'],
  ['an escape', '\u001b[31m'],
  ['a DEL', 'a\u007f'],
  ['a C1 control', 'a\u0085b'],
  ['a line separator', 'a\u2028b'],
  ['a paragraph separator', 'a\u2029b'],
  ['a zero-width space', 'a\u200bb'],
  ['a right-to-left override', 'a\u202eb'],
  ['a lone surrogate', 'a\ud800'],
];

const places: {
  field: string;
  path: (string | number)[];
  inputOf: (value: string) => Input;
  wireOf: (value: string) => object;
}[] = [
  {
    field: 'userId',
    path: ['userId'],
    inputOf: (value) => ({ userId: value }),
    wireOf: (value) => ({ user_id: value, id }),
  },
  {
    field: 'groupId',
    path: ['groupId'],
    inputOf: (value) => ({ groupId: value }),
    wireOf: (value) => ({ group_id: value, id }),
  },
  {
    field: 'traceId',
    path: ['traceId'],
    inputOf: (value) => ({ traceId: value }),
    wireOf: (value) => ({ id, trace_id: value }),
  },
  {
    field: 'a finding id',
    path: ['relations', 'serviceAssetFindingIds', 1],
    inputOf: (value) => ({ relations: { serviceAssetFindingIds: ['first', value] } }),
    wireOf: (value) => ({ id, _relations: { service_asset_findings: ['first', value] } }),
  },
];

describe.each(places)('$field', ({ path, inputOf, wireOf }) => {
  it.each(goodBodyIds)('may be %s and is sent unchanged', async (_what, value) => {
    // The backend's own opinion of such an id is not the question here.
    world.radar.faults.once(fault.answer(200, {}, { id }));
    const answer = await send({ id, ...inputOf(value) });
    expect(answer).toMatchObject({ data: { updateIncidentGroup: { incidentGroup: { id } } }, errors: undefined });
    expect(onlyCall(world)).toEqual({ call, body: JSON.stringify(wireOf(value)) });
  });

  it.each(badBodyIds)('is refused with %s, and nothing is sent', async (_what, value) => {
    const refusal = { path: ['input', ...path], message: because.bodyId, code: 'INVALID' };
    expectRefused(world, await send({ id, ...inputOf(value) }), 'updateIncidentGroup', refusal);
  });
});

it('takes a whole number for an id, as GraphQL does, and sends its digits as text', async () => {
  world.radar.faults.once(fault.answer(200, {}, { id }));
  await send({ id, traceId: 42, relations: { serviceAssetFindingIds: [7] } });
  const body = { id, trace_id: '42', _relations: { service_asset_findings: ['7'] } };
  expect(onlyCall(world)).toEqual({ call, body: JSON.stringify(body) });
});

it('names each bad element of the list at its own index', async () => {
  const answer = await send({ id, relations: { serviceAssetFindingIds: ['', 'fine', 'a\n'] } });
  const list = ['input', 'relations', 'serviceAssetFindingIds'];
  expectRefused(
    world,
    answer,
    'updateIncidentGroup',
    { path: [...list, 0], message: because.bodyId },
    { path: [...list, 2], message: because.bodyId },
  );
});
