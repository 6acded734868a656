import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { because, expectNotExecuted, expectRefused } from '../support/input-refusal.ts';
import { onlyCall } from '../support/one-call.ts';
import { sendWithVariableText } from '../support/raw-operation.ts';
import { startWorld, type World } from '../support/world.ts';

const mutation = `mutation ($input: UpdateIncidentInput!) { updateIncident(input: $input) { incident { organizationId id } } }`;
const largest = '9007199254740991';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
});
afterAll(() => world.close());

const notIds = [
  '0',
  '00',
  '-1',
  '+1',
  '-0',
  '01',
  '1.5',
  '1.0',
  '1e3',
  '0x10',
  '1_000',
  '1,000',
  '',
  ' ',
  ' 1',
  '1 ',
  '1\n',
  '1\u0000',
  '\u0661',
  '\uff11',
  '9007199254740992',
  '9007199254740993',
  '10000000000000000',
  '9'.repeat(400),
  'Infinity',
  'NaN',
  'null',
  'undefined',
  '..',
  '../1',
  '1/../2',
  '1/2',
  '1%2F2',
  '1?x=1',
  '1#x',
  '1;x',
  'threat-intel',
  '5a9a8944-1994-413b-a30f-2b87fd658b76',
];

describe.each(['organizationId', 'id'])('%s of an incident', (field) => {
  it.each(notIds)('is refused as %j, and nothing is sent', async (value) => {
    const input = { organizationId: '3071', id: '1024', title: 'x', [field]: value };
    const refusal = { path: ['input', field], message: because.decimalId, code: 'INVALID' };
    expectRefused(world, await world.send(mutation, { input }), 'updateIncident', refusal);
  });

  // JSON.parse rounds these, so there is no telling which id was meant.
  it.each(['9007199254740992', '9007199254740993', '1e21'])(
    'is refused as JSON number %s before the operation runs, naming the field, and nothing is sent',
    async (number) => {
      const others = field === 'id' ? '"organizationId":"3071"' : '"id":"1024"';
      const text = `{"input":{${others},"title":"x","${field}":${number}}}`;
      const answer = await sendWithVariableText(world, mutation, text);
      expect(answer.status).toBe(400);
      expect(answer.errors?.map(({ message, extensions }) => [message, extensions])).toEqual([
        [
          `Variable "$input" got invalid value NaN at "input.${field}"; ID cannot represent value: NaN`,
          {
            code: 'BAD_USER_INPUT',
            retryable: false,
            outcome: 'NOT_APPLIED',
            correlationId: expect.any(String) as string,
          },
        ],
      ]);
      expect(world.calls()).toEqual({ aegister: [], radar: [] });
    },
  );

  it.each(['0', '-1'])('is refused as JSON number %s, and nothing is sent', async (number) => {
    const others = field === 'id' ? '"organizationId":"3071"' : '"id":"1024"';
    const answer = await sendWithVariableText(
      world,
      mutation,
      `{"input":{${others},"title":"x","${field}":${number}}}`,
    );
    const refusal = { path: ['input', field], message: because.decimalId, code: 'INVALID' };
    expectRefused(world, answer, 'updateIncident', refusal);
  });

  it.each(['1.5', 'true', 'null', '[1]', '{}'])(
    'is refused by its type as JSON value %s, and nothing is sent',
    async (value) => {
      const others = field === 'id' ? '"organizationId":"3071"' : '"id":"1024"';
      const answer = await sendWithVariableText(
        world,
        mutation,
        `{"input":{${others},"title":"x","${field}":${value}}}`,
      );
      expectNotExecuted(world, answer, 'BAD_USER_INPUT');
    },
  );
});

it.each([
  ['1', '1'],
  ['9', '10'],
  ['3071', largest],
  [largest, '1'],
])('takes organization %s and incident %s as they are', async (organizationId, id) => {
  world.aegister.putIncident({ organization_id: Number(organizationId), id: Number(id) });
  const answer = await world.send(mutation, { input: { organizationId, id, title: 'x' } });
  expect(answer).toMatchObject({ data: { updateIncident: { incident: { organizationId, id } } }, errors: undefined });
  expect(onlyCall(world)).toEqual({
    call: `PATCH /api/v1/V-Ciso/incidents/${organizationId}/${id}`,
    body: '{"title":"x"}',
  });
});

it('takes whole numbers as ids, in a literal and in a variable', async () => {
  const call = 'PATCH /api/v1/V-Ciso/incidents/3071/1024';
  await world.send('mutation { updateIncident(input: { organizationId: 3071, id: 1024, title: "x" }) { __typename } }');
  expect(onlyCall(world)).toEqual({ call, body: '{"title":"x"}' });
  world.reset();
  await world.send(mutation, { input: { organizationId: 3071, id: 1024, title: 'x' } });
  expect(onlyCall(world)).toEqual({ call, body: '{"title":"x"}' });
});

it('names both ids and every other fault of one input at once', async () => {
  const input = { organizationId: '0', id: '../1', title: null, metadata: [1], status: 'DRAFT' };
  const answer = await world.send(mutation, { input });
  expectRefused(
    world,
    answer,
    'updateIncident',
    { path: ['input', 'organizationId'], message: because.decimalId },
    { path: ['input', 'id'], message: because.decimalId },
    { path: ['input', 'title'], message: because.null },
    { path: ['input', 'metadata'], message: because.noObject },
  );
});

it.each(['organizationId', 'id'])('does not run a mutation without %s', async (field) => {
  const input = { organizationId: '3071', id: '1024', title: 'x', [field]: undefined };
  expectNotExecuted(world, await world.send(mutation, { input }), 'BAD_USER_INPUT');
});

it.each(['acnEvent', 'createdAt', 'incidentGroup', 'reference_code', '__proto__', 'constructor', 'toString'])(
  'does not run a mutation with the key %s, which the input does not have',
  async (key) => {
    const text = `{"input":{"organizationId":"3071","id":"1024","title":"x","${key}":{"title":"y"}}}`;
    expectNotExecuted(world, await sendWithVariableText(world, mutation, text), 'BAD_USER_INPUT');
  },
);

it.each(['"draft"', '"Draft"', '"OPEN"', '""', '1', 'true', '["DRAFT","CLOSED"]', '{}'])(
  'does not run a mutation with status %s',
  async (status) => {
    const text = `{"input":{"organizationId":"3071","id":"1024","status":${status}}}`;
    expectNotExecuted(world, await sendWithVariableText(world, mutation, text), 'BAD_USER_INPUT');
  },
);

it('names the input when a variable with a default of its own is null where an id is required', async () => {
  const query = `mutation ($id: ID = "1024") {
    updateIncident(input: { organizationId: "3071", id: $id, title: "x" }) { incident { id } }
  }`;
  // The document is valid, because the default could stand in for a missing variable; only the null at run time is not.
  const refusal = { path: ['input'], message: 'is missing, or not of its type.', code: 'INVALID' };
  expectRefused(world, await world.send(query, { id: null }), 'updateIncident', refusal);
});
