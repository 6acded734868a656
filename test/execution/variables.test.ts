import { asyncProperty, assert, integer } from 'fast-check';
import { buildSchema, getVariableValues, isInputType, Kind, parse, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { planVariables } from '../../src/execution/variables-plan.ts';
import { Dice } from './dice.ts';
import { randomValue, toLiteral } from './random-value.ts';
import { graphqlSchema } from './schema.ts';

const CASES = 2_000;
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

const harder = buildSchema(`
  input Filter { ids: [ID!]! = ["x"], grid: [[Int!]], colour: Colour = RED, inner: Filter, one: One, price: Float! = 1 }
  input One @oneOf { a: Int, b: String }
  enum Colour { RED GREEN }
  type Query { ask(filter: Filter): Int }
`);

/** Both coercions of values for variables of every input type, as text; undefined where the value is refused. */
function bothWays(schema: GraphQLSchema, definitions: string, given: Record<string, unknown>) {
  const operation = parse(`query (${definitions}) { __typename }`).definitions[0];
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('the operation comes first');
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  const planned = planVariables(schema, operation)?.(given);
  return { planned: planned && JSON.stringify(planned), expected: coerced && JSON.stringify(coerced) };
}

describe('variables by plan', () => {
  it.each([
    ['the schema', graphqlSchema()],
    ['a harder schema', harder],
  ])(
    'are coerced and refused as by graphql-js, in %s',
    async (_title, schema) => {
      const types = Object.values(schema.getTypeMap()).filter(
        (type) => isInputType(type) && !type.name.startsWith('__'),
      );
      let [taken, refused] = [0, 0];
      await assert(
        asyncProperty(integer({ min: 0, max: 2 ** 31 - 1 }), async (number) => {
          const dice = new Dice(number);
          const type = dice.pick(types);
          if (!isInputType(type)) return;
          const shape = dice.pick(['T', 'T!', '[T]', '[T!]!', '[[T!]]']).replace('T', type.name);
          const preset = dice.chance(30) ? ` = ${toLiteral(randomValue(type, dice), type)}` : '';
          const value = randomValue(type, dice);
          const given = dice.chance(85)
            ? { v: dice.chance(60) ? value : dice.pick([[value], [[value, value]], null]) }
            : {};
          const { planned, expected } = bothWays(schema, `$v: ${shape}${preset}`, given);
          expect(planned).toBe(expected);
          if (planned === undefined) refused += 1;
          else taken += 1;
        }),
        { numRuns: CASES, seed },
      );
      console.info(`random variables, seed ${seed}:`, { taken, refused });
      expect(Math.min(taken, refused)).toBeGreaterThan(CASES / 10);
    },
    120_000,
  );

  it.each([
    ['{ "v": { "unknown": 1 } }'],
    ['{ "v": { "ids": "one" } }'],
    ['{ "v": { "ids": [null] } }'],
    ['{ "v": { "one": { "a": 1, "b": "x" } } }'],
    ['{ "v": { "one": { "a": null } } }'],
    ['{ "v": { "one": {} } }'],
    ['{ "v": { "__proto__": { "price": 7 } } }'],
    ['{ "v": { "constructor": 1 } }'],
    ['{ "v": { "price": null } }'],
    ['{ "v": { "inner": { "inner": { "colour": "BLUE" } } } }'],
    ['{ "v": { "inner": { "inner": { "colour": "GREEN", "grid": [[1], 2] } } } }'],
    ['{ "__proto__": { "v": {} } }'],
  ])('of %s are as by graphql-js', (text) => {
    const { planned, expected } = bothWays(harder, '$v: Filter', JSON.parse(text) as Record<string, unknown>);
    expect(planned).toBe(expected);
  });

  it('named __proto__ are left to graphql-js', () => {
    const given = JSON.parse('{ "__proto__": "x" }') as Record<string, unknown>;
    expect(bothWays(harder, '$__proto__: String', given).planned).toBeUndefined();
  });
});
