import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';
import { Dice } from './dice.ts';
import { randomOperation } from './random-operation.ts';
import { graphqlSchema } from './schema.ts';

const CASES = 60;
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

describe('random operations sent to two servers', () => {
  let short: World;
  let long: World;
  beforeAll(async () => {
    short = await startSeededWorld();
    long = await startSeededWorld({}, { shortcuts: false });
  });
  afterAll(() => Promise.all([short.close(), long.close()]));

  async function ask(world: World, query: string, variables: object) {
    world.reset();
    const { status, data, errors, headers } = await world.send(query, variables, {
      'x-correlation-id': 'one-for-both',
    });
    return {
      status,
      data: JSON.stringify(data),
      // Reads go side by side: which fails first is up to the network, and so is their order.
      errors: errors?.map((error) => JSON.stringify(error)).sort(),
      calls: Object.values(world.calls()).map((list) => [...list].sort()),
      type: headers.get('content-type'),
    };
  }

  it(`get the same from the short way as from the long one, and leave the same behind (${CASES} cases)`, async () => {
    const schema = graphqlSchema();
    const dice = new Dice(seed);
    let answered = 0;
    for (let number = 0; number < CASES; number += 1) {
      const { query, variables } = randomOperation(schema, dice);
      const left = await ask(short, query, variables);
      const right = await ask(long, query, variables);
      expect({ query, variables, seed, ...left }).toEqual({ query, variables, seed, ...right });
      if (left.status === 200) answered += 1;
    }
    expect(answered).toBeGreaterThan(CASES / 4);
  }, 120_000);
});
