import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { because, expectNotExecuted, expectRefused } from '../support/input-refusal.ts';
import { onlyCall } from '../support/one-call.ts';
import { sendWithVariableText } from '../support/raw-operation.ts';
import { startWorld, type World } from '../support/world.ts';

const call = 'PATCH /api/v1/V-Ciso/incidents/3071/1024';
const fields = [
  { field: 'classification', wireName: 'classification' },
  { field: 'metadata', wireName: 'metadata' },
  { field: 'notification24h', wireName: '24h_notification' },
  { field: 'notification72h', wireName: '72h_notification' },
  { field: 'fullReport', wireName: 'full_report' },
];

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
  world.aegister.removeIncident(3071, 1024);
  world.aegister.putIncident({ organization_id: 3071, id: 1024 });
});
afterAll(() => world.close());

/** The answer selects the field too, so that what comes back is compared as well as what went out. */
const mutationOf = (field: string, value: string, declared = ''): string => `mutation ${declared} {
  updateIncident(input: { organizationId: "3071", id: "1024", ${field}: ${value} }) { incident { ${field} } }
}`;
const sendText = (field: string, json: string) =>
  sendWithVariableText(world, mutationOf(field, '$value', '($value: JSONObject)'), `{"value":${json}}`);

const objects: { what: string; json: string; literal: string }[] = [
  { what: 'nothing at all', json: '{}', literal: '{}' },
  { what: 'null inside', json: '{"a":null,"b":[null,{"c":null}]}', literal: '{ a: null, b: [null, { c: null }] }' },
  {
    what: 'every kind of value',
    json: '{"t":"text","e":"","i":-7,"f":1.5,"x":false,"l":[],"o":{"l":[1,[2]]}}',
    literal: '{ t: "text", e: "", i: -7, f: 1.5, x: false, l: [], o: { l: [1, [2]] } }',
  },
  { what: 'keys in their own order', json: '{"b":1,"a":2,"_":3,"B":4}', literal: '{ b: 1, a: 2, _: 3, B: 4 }' },
  {
    what: 'the largest exact integers',
    json: '{"a":9007199254740991,"b":-9007199254740991}',
    literal: '{ a: 9007199254740991, b: -9007199254740991 }',
  },
  {
    what: 'a key __proto__',
    json: '{"__proto__":{"polluted":true},"o":{"__proto__":null}}',
    literal: '{ __proto__: { polluted: true }, o: { __proto__: null } }',
  },
  {
    what: 'keys of the object prototype',
    json: '{"constructor":{"prototype":{"polluted":true}},"hasOwnProperty":1,"toString":"t","valueOf":[]}',
    literal: '{ constructor: { prototype: { polluted: true } }, hasOwnProperty: 1, toString: "t", valueOf: [] }',
  },
  {
    what: 'a key toJSON',
    json: '{"toJSON":"not a function","o":{"toJSON":{"a":1}}}',
    literal: '{ toJSON: "not a function", o: { toJSON: { a: 1 } } }',
  },
  {
    what: 'characters beyond ASCII',
    json: '{"t":"L\u00f6schzug \u6f22\u5b57 \u{1f692} e\u0301 \u202e"}',
    literal: '{ t: "L\u00f6schzug \u6f22\u5b57 \\u{1f692} e\\u0301 \\u202e" }',
  },
];

describe.each(fields)('$field', ({ field, wireName }) => {
  it.each(objects)('holds $what unharmed as variable', async ({ json }) => {
    const { status, data, errors } = await sendText(field, json);
    expect(onlyCall(world)).toEqual({ call, body: `{"${wireName}":${json}}` });
    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    // As text, because a comparison of objects does not look at a key called __proto__.
    expect(JSON.stringify(data)).toBe(`{"updateIncident":{"incident":{"${field}":${json}}}}`);
  });

  it.each(objects)('holds $what unharmed as literal', async ({ json, literal }) => {
    const { status, data, errors } = await world.send(mutationOf(field, literal));
    expect(onlyCall(world)).toEqual({ call, body: `{"${wireName}":${json}}` });
    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    expect(JSON.stringify(data)).toBe(`{"updateIncident":{"incident":{"${field}":${json}}}}`);
  });

  it.each(['"text"', '""', '0', '1.5', 'true', 'false', '[]', '[{}]', '"{}"'])(
    'refuses %s, as variable and as literal, and sends nothing',
    async (value) => {
      const refusal = { path: ['input', field], message: because.noObject, code: 'INVALID' };
      expectRefused(world, await sendText(field, value), 'updateIncident', refusal);
      expectRefused(world, await world.send(mutationOf(field, value)), 'updateIncident', refusal);
    },
  );

  it('refuses null, as variable and as literal, and sends nothing', async () => {
    const refusal = { path: ['input', field], message: because.null, code: 'NULL_NOT_ALLOWED' };
    expectRefused(world, await sendText(field, 'null'), 'updateIncident', refusal);
    expectRefused(world, await world.send(mutationOf(field, 'null')), 'updateIncident', refusal);
  });
});

describe('numbers that JSON could not carry unchanged', () => {
  it.each(['9007199254740992', '9007199254740993', '-9007199254740993', '123456789012345678901234567890', '1e20'])(
    'are refused as integer %s, wherever it is',
    async (number) => {
      const refusal = { path: ['input', 'metadata'], message: because.inexactNumber, code: 'INVALID' };
      for (const value of [`{"a":${number}}`, `{"a":[1,{"b":[${number}]}]}`]) {
        expectRefused(world, await sendText('metadata', value), 'updateIncident', refusal);
        const literal = value.replaceAll(/"(\w)":/g, '$1: ');
        expectRefused(world, await world.send(mutationOf('metadata', literal)), 'updateIncident', refusal);
      }
    },
  );

  it.each(['1e400', '-1e400', '9e999999'])('are refused beyond the range of a double: %s', async (number) => {
    const refusal = { path: ['input', 'metadata'], message: because.inexactNumber, code: 'INVALID' };
    expectRefused(world, await sendText('metadata', `{"a":${number}}`), 'updateIncident', refusal);
    expectRefused(world, await world.send(mutationOf('metadata', `{ a: ${number} }`)), 'updateIncident', refusal);
  });
});

describe('nesting', () => {
  const nested = (levels: number) => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);
  const nestedLists = (levels: number) => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
  const refusal = { path: ['input', 'metadata'], message: because.tooDeep, code: 'INVALID' };

  it('is passed on unchanged when 64 levels deep', async () => {
    const { errors } = await sendText('metadata', nested(64));
    expect(errors).toBeUndefined();
    expect(onlyCall(world)).toEqual({ call, body: `{"metadata":${nested(64)}}` });
  });

  it.each([65, 1_000, 50_000])('is refused when %i levels deep, as objects and as lists', async (levels) => {
    expectRefused(world, await sendText('metadata', nested(levels)), 'updateIncident', refusal);
    expectRefused(world, await sendText('metadata', nestedLists(levels)), 'updateIncident', refusal);
  });

  // Not much deeper: GraphQL's own parser recurses, and how far that goes depends on the platform's stack.
  it.each([65, 300])('is refused when %i levels deep in a literal', async (levels) => {
    const literal = nested(levels).replaceAll('"a"', 'a');
    expectRefused(world, await world.send(mutationOf('metadata', literal)), 'updateIncident', refusal);
  });

  it('does not take the service down when a literal is deeper than the stack', async () => {
    const literal = '['.repeat(200_000) + ']'.repeat(200_000);
    expectNotExecuted(world, await world.send(mutationOf('metadata', literal)), 'GRAPHQL_PARSE_FAILED');
    const answer = await sendText('metadata', '{}');
    expect(answer).toMatchObject({ status: 200, errors: undefined });
  });
});

describe('lone surrogates', () => {
  it('stay what they are, escaped so that the body is valid UTF-8', async () => {
    const json = String.raw`{"\udc00key":"a\ud800"}`;
    const { status, errors } = await sendText('metadata', json);
    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    expect(onlyCall(world)).toEqual({ call, body: `{"metadata":${json}}` });
  });

  it('are refused in a literal, where GraphQL does not know them', async () => {
    const answer = await world.send(mutationOf('metadata', String.raw`{ a: "\ud800" }`));
    expectNotExecuted(world, answer, 'GRAPHQL_PARSE_FAILED');
  });
});
