import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ftv1Of } from '../support/federated-trace.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';
import { Dice } from './dice.ts';
import { randomOperation } from './random-operation.ts';
import { graphqlSchema } from './schema.ts';
import { waysOf } from './ways.ts';

const CASES = 120;
/** Each is sent again: only then is its operation known, and its plan run without Apollo Server. */
const TIMES = 2;
/** Of a hundred operations, those a router asks the timing of every field with: graphql-js runs them, and Apollo Server wraps every resolver from then on. */
const TRACED_PERCENT = 30;
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

describe('random operations sent to two servers', () => {
  let short: World;
  let long: World;
  beforeAll(async () => {
    short = await startSeededWorld();
    long = await startSeededWorld({}, { shortcuts: false });
  });
  afterAll(() => Promise.all([short.close(), long.close()]));

  async function ask(world: World, query: string, variables: object, traced: boolean) {
    world.reset();
    const { status, data, errors, headers, text } = await world.send(query, variables, {
      'x-correlation-id': 'one-for-both',
      ...(traced && { 'apollo-federation-include-trace': 'ftv1' }),
    });
    return {
      status,
      data: JSON.stringify(data),
      // Reads go side by side: which fails first is up to the network, and so is their order.
      errors: errors?.map((error) => JSON.stringify(error)).sort(),
      calls: Object.values(world.calls()).map((list) => [...list].sort()),
      type: headers.get('content-type'),
      // What is in it are times, so no two are alike.
      hasTrace: ftv1Of(text) !== undefined,
    };
  }

  it(`get the same from the short way as from the long one, traced or not, and leave the same behind (${CASES} cases)`, async () => {
    const schema = graphqlSchema();
    const dice = new Dice(seed);
    const count = { answered: 0, failed: 0, traced: 0, untraced: 0 };
    for (let number = 0; number < CASES; number += 1) {
      const { query, variables } = randomOperation(schema, dice);
      for (let time = 1; time <= TIMES; time += 1) {
        const traced = dice.chance(TRACED_PERCENT);
        const left = await ask(short, query, variables, traced);
        const right = await ask(long, query, variables, traced);
        const what = { query, variables, time, traced, seed };
        expect({ ...what, ...left }).toEqual({ ...what, ...right });
        // Of an operation that was refused there may be a trace or not.
        if (!traced || left.status === 200)
          expect({ ...what, hasTrace: left.hasTrace }).toEqual({ ...what, hasTrace: traced });
        if (left.status !== 200) continue;
        count.answered += 1;
        if (left.errors !== undefined) count.failed += 1;
        count[left.hasTrace ? 'traced' : 'untraced'] += 1;
      }
    }
    console.info(`random operations over HTTP, seed ${seed}:`, count);
    const ways = await waysOf(short);
    console.info('by what they were executed:', ways);
    expect(count.traced).toBeGreaterThan(CASES / 20);
    expect(count.untraced).toBeGreaterThan(CASES / 4);
    expect(Object.keys(await waysOf(long))).toEqual(['graphql-js, http']);
    expect(ways['plan, none']).toBeGreaterThan(CASES / 40);
  }, 120_000);
});
