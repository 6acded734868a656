import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { because, expectRefused } from '../support/input-refusal.ts';
import { onlyCall } from '../support/one-call.ts';
import { sendWithVariableText } from '../support/raw-operation.ts';
import { startWorld, type World } from '../support/world.ts';

/** Variables inside a JSON literal: the one place where GraphQL leaves their substitution to the scalar. */
const call = 'PATCH /api/v1/V-Ciso/incidents/3071/1024';
const mutationOf = (declared: string, value: string): string => `mutation (${declared}) {
  updateIncident(input: { organizationId: "3071", id: "1024", metadata: ${value} }) { incident { id } }
}`;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
});
afterAll(() => world.close());

it.each([
  { what: 'text', declared: '$v: String', value: '{ a: $v }', variables: '{"v":"x"}', sent: '{"a":"x"}' },
  { what: 'a number', declared: '$v: Int!', value: '{ a: { b: $v } }', variables: '{"v":3}', sent: '{"a":{"b":3}}' },
  { what: 'false', declared: '$v: Boolean', value: '{ a: $v }', variables: '{"v":false}', sent: '{"a":false}' },
  { what: 'null', declared: '$v: String', value: '{ a: $v, b: 1 }', variables: '{"v":null}', sent: '{"a":null,"b":1}' },
  {
    what: 'an enum value',
    declared: '$v: IncidentStatus',
    value: '{ a: $v }',
    variables: '{"v":"DRAFT"}',
    sent: '{"a":"DRAFT"}',
  },
  { what: 'a list', declared: '$v: [ID!]', value: '{ a: $v }', variables: '{"v":["1","2"]}', sent: '{"a":["1","2"]}' },
  {
    what: 'an object with a key __proto__',
    declared: '$v: JSONObject',
    value: '{ a: $v }',
    variables: '{"v":{"__proto__":{"x":1},"toJSON":"t"}}',
    sent: '{"a":{"__proto__":{"x":1},"toJSON":"t"}}',
  },
  { what: 'its own default', declared: '$v: Int = 5', value: '{ a: $v }', variables: '{}', sent: '{"a":5}' },
  {
    what: 'the same value twice',
    declared: '$v: Int',
    value: '{ a: $v, b: [$v] }',
    variables: '{"v":1}',
    sent: '{"a":1,"b":[1]}',
  },
  {
    what: 'nothing, when not provided: the key stays away',
    declared: '$v: String',
    value: '{ a: $v, b: 1 }',
    variables: '{}',
    sent: '{"b":1}',
  },
  {
    what: 'null in a list, when not provided',
    declared: '$v: String',
    value: '{ a: [$v, 1] }',
    variables: '{}',
    sent: '{"a":[null,1]}',
  },
])('a variable inside a literal stands for $what', async ({ declared, value, variables, sent }) => {
  const { status, data, errors } = await sendWithVariableText(world, mutationOf(declared, value), variables);
  expect(onlyCall(world)).toEqual({ call, body: `{"metadata":${sent}}` });
  expect({ status, data, errors }).toEqual({
    status: 200,
    data: { updateIncident: { incident: { id: '1024' } } },
    errors: undefined,
  });
});

it.each([
  { what: 'no object', declared: '$v: JSONObject', value: '$v', variables: '{"v":[1]}', message: because.noObject },
  {
    what: 'an integer that was rounded',
    declared: '$v: JSONObject',
    value: '{ a: $v }',
    variables: '{"v":{"b":9007199254740993}}',
    message: because.inexactNumber,
  },
  {
    what: 'an object that is too deep only together with the literal around it',
    declared: '$v: JSONObject',
    value: '{ a: { b: $v } }',
    variables: `{"v":${'{"a":'.repeat(63)}1${'}'.repeat(63)}}`,
    message: because.tooDeep,
  },
])('refuses $what in a variable, and sends nothing', async ({ declared, value, variables, message }) => {
  const answer = await sendWithVariableText(world, mutationOf(declared, value), variables);
  expectRefused(world, answer, 'updateIncident', { path: ['input', 'metadata'], message, code: 'INVALID' });
});

it('gives no object of this process a property, whatever keys it is sent', async () => {
  const hostile = '{"v":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}';
  await sendWithVariableText(world, mutationOf('$v: JSONObject', '{ __proto__: $v, constructor: $v }'), hostile);
  expect(world.calls().aegister).toEqual([call]);
  expect({}).not.toHaveProperty('polluted');
});
