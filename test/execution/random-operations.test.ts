import { setImmediate } from 'node:timers/promises';
import { asyncProperty, assert, integer } from 'fast-check';
import { isObjectType, Kind, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createPlanner } from '../../src/execution/planned-operation.ts';
import { byGraphqlJs, byPlan, type Execution } from './both-ways.ts';
import { Dice } from './dice.ts';
import { randomContext } from './random-backends.ts';
import { randomOperation } from './random-operation.ts';
import { graphqlSchema } from './schema.ts';

const DOCUMENTS = 1_000;
/** How often each is executed, with other luck at the backends. */
const RUNS = 4;
/** Another one each time; `SEED=... npx vitest run test/execution` repeats a run. */
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

describe('random operations over the schema', () => {
  it(`get the same answer by plan as by graphql-js, and call the backends alike (${DOCUMENTS} documents)`, async () => {
    const schema = graphqlSchema();
    const planner = createPlanner(schema);
    const fieldsOf = (name: string) => {
      const type = schema.getType(name);
      const own = isObjectType(type) ? Object.keys(type.getFields()) : [];
      return [...own, ...(name === 'Incident' ? ['incidentGroupId'] : ['userId', 'groupId'])];
    };
    const count = { invalid: 0, left: 0, planned: 0, failed: 0 };

    async function compare(execution: Execution, luck: number): Promise<void> {
      const left = randomContext(luck, fieldsOf);
      const planned = await byPlan(planner, execution, left.context);
      if (planned === undefined) {
        count.left += 1;
        expect(left.calls).toEqual([]);
        return;
      }
      const right = randomContext(luck, fieldsOf);
      const expected = await byGraphqlJs(execution, right.context);
      count.planned += 1;
      if (expected.includes('"message"')) count.failed += 1;
      // Where a null has gone up past neighbours, those go on after the answer.
      await setImmediate();
      expect([planned, ...left.calls]).toEqual([expected, ...right.calls]);
    }

    await assert(
      asyncProperty(integer({ min: 0, max: 2 ** 31 - 1 }), async (number) => {
        const { query, variables } = randomOperation(schema, new Dice(number));
        const document = parse(query);
        const operation = document.definitions[0];
        if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('the operation comes first');
        if (validate(schema, document).length > 0) {
          count.invalid += 1;
          return;
        }
        for (let run = 0; run < RUNS; run += 1) await compare({ schema, document, operation, variables }, number + run);
      }),
      { numRuns: DOCUMENTS, seed },
    );
    console.info(`random operations, seed ${seed}:`, count);
    // A generator that mostly misses would prove nothing.
    expect(count.planned).toBeGreaterThan(DOCUMENTS);
    expect(count.failed).toBeGreaterThan(DOCUMENTS / 2);
    expect(count.left).toBeGreaterThan(DOCUMENTS / 20);
  }, 120_000);
});
