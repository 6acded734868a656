import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { because, expectRefused } from '../support/input-refusal.ts';
import { onlyCall } from '../support/one-call.ts';
import { groupUpdate, inputWays, toOperation } from '../support/update-mutations.ts';
import { startWorld, type World } from '../support/world.ts';

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

const fields = [
  { field: 'createdAt', wireName: 'created_at' },
  { field: 'updatedAt', wireName: 'updated_at' },
];

describe.each(fields)('$field', ({ field, wireName }) => {
  it.each([
    ['six fractional digits', '2023-12-20T00:00:01.652259Z'],
    ['fractional zeros', '2023-12-20T00:00:01.650000Z'],
    ['nine fractional digits', '2023-12-20T00:00:01.123456789Z'],
    ['no fraction', '2023-12-20T00:00:01Z'],
    ['an offset', '2023-12-20T01:30:01.652259+01:30'],
    ['a negative offset', '2023-12-19T19:00:01-05:00'],
    ['an unknown local offset', '2023-12-20T00:00:01-00:00'],
    ['a leap day', '2024-02-29T12:00:00Z'],
    ['a leap day of a century', '2000-02-29T12:00:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['the last moment of a day', '2023-12-31T23:59:59.999999Z'],
    ['lower-case letters, which RFC 3339 allows', '2023-12-20t00:00:01z'],
  ])('is passed on to the last character with %s', async (_what, value) => {
    world.radar.faults.once(fault.answer(200, {}, { id }));
    const { query, variables } = toOperation(groupUpdate, 'one variable per field', { id, [field]: value });
    const answer = await world.send(query, variables);
    expect(answer).toMatchObject({ data: { updateIncidentGroup: { incidentGroup: { id } } }, errors: undefined });
    expect(onlyCall(world)).toEqual({ call, body: JSON.stringify({ id, [wireName]: value }) });
  });

  it.each([
    '',
    'now',
    '2023-12-20',
    '2023-12-20T00:00:01',
    '2023-12-20T00:00Z',
    '2023-12-20 00:00:01Z',
    '20231220T000001Z',
    '2023-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2023-04-31T00:00:00Z',
    '2023-00-10T00:00:00Z',
    '2023-13-10T00:00:00Z',
    '2023-12-00T00:00:00Z',
    '2023-12-32T00:00:00Z',
    '2023-12-20T24:00:00Z',
    '2023-12-20T00:60:00Z',
    '2023-12-20T00:00:61Z',
    '2023-12-20T00:00:01.Z',
    '2023-12-20T00:00:01,5Z',
    '2023-12-20T00:00:01+0130',
    '2023-12-20T00:00:01+24:00',
    '2023-12-20T00:00:01+01:60',
    '23-12-20T00:00:01Z',
    '+002023-12-20T00:00:01Z',
    ' 2023-12-20T00:00:01Z',
    '2023-12-20T00:00:01Z\n',
    '0000-00-00',
    '1703030401',
  ])('is refused as %j, and nothing is sent', async (value) => {
    const { query, variables } = toOperation(groupUpdate, 'one whole-input variable', { id, [field]: value });
    const refusal = { path: ['input', field], message: because.dateTime, code: 'INVALID' };
    expectRefused(world, await world.send(query, variables), 'updateIncidentGroup', refusal);
  });

  it.each(
    inputWays.flatMap((way) => [1703030401, true, {}, ['2023-12-20T00:00:01Z']].map((value) => ({ way, value }))),
  )('is refused as $value in $way, and nothing is sent', async ({ way, value }) => {
    const { query, variables } = toOperation(groupUpdate, way, { id, [field]: value });
    const refusal = { path: ['input', field], message: because.dateTime, code: 'INVALID' };
    expectRefused(world, await world.send(query, variables), 'updateIncidentGroup', refusal);
  });
});
