import { Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createPlanner } from '../../src/execution/planned-operation.ts';
import { byGraphqlJs, byPlan, type Execution } from './both-ways.ts';
import { randomContext } from './random-backends.ts';
import { graphqlSchema } from './schema.ts';

const schema = graphqlSchema();
const planner = createPlanner(schema);
const ID = '"5a9a8944-1994-413b-a30f-2b87fd658b76"';

/** Rejects once somebody waits for it: earlier the process would take it for an error that nobody handles. */
function rejected(error: Error): PromiseLike<never> {
  return { then: (...handlers) => Promise.reject(error).then(...handlers) };
}

/** Throws what is no error. */
function fail(thrown: unknown): never {
  throw thrown;
}

function executionOf(query: string, variables: Record<string, unknown> = {}): Execution {
  const document = parse(query);
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('the document has no operation');
  return { schema, document, operation, variables };
}

/** A context whose only group is this one. */
function contextOf(group: unknown) {
  const { context } = randomContext(1, () => []);
  return { ...context, backends: { radar: { loadGroup: () => group } } };
}

async function bothWays(
  execution: Execution,
  group: unknown,
): Promise<{ readonly plan: unknown; readonly js: unknown }> {
  const plan = await byPlan(planner, execution, contextOf(group));
  return { plan, js: await byGraphqlJs(execution, contextOf(group)) };
}

describe('a plan', () => {
  it.each([
    [
      'a property that throws',
      {
        id: 'x',
        get title() {
          throw new Error('unreadable');
        },
      },
    ],
    ['a property that is an error', { id: 'x', title: new Error('unreadable') }],
    ['a property that rejects', { id: 'x', title: rejected(new Error('late')), description: 'd' }],
    ['a property that is a function', { id: 'x', title: () => 'called' }],
    [
      'a thrown text',
      {
        id: 'x',
        get title() {
          return fail('no error');
        },
      },
    ],
    ['an id that is null', { id: null, title: 'x' }],
    [
      'an id that is late and null',
      {
        id: Promise.resolve(null),
        get title() {
          throw new Error('told to nobody');
        },
      },
    ],
    ['a value that does not fit its type', { id: 'x', incidentsCount: 3e9 }],
    ['no record', null],
    ['a record that is an error', new Error('as a value')],
    ['a record that is text', 'text'],
    ['a record that is a list', [1]],
  ])('answers %s as graphql-js does', async (_title, group) => {
    const query = `{ incidentGroup(id: ${ID}) { id title description incidentsCount } }`;
    const { plan, js } = await bothWays(executionOf(query), group);
    expect(plan).toBe(js);
  });

  it.each([
    ['introspection', '{ __type(name: "Query") { name } }', {}],
    ['a key __proto__', '{ __proto__: __typename }', {}],
    ['a variable of another type', 'query ($id: ID!) { incidentGroup(id: $id) { id } }', { id: {} }],
    ['a condition that is null', 'query ($c: Boolean = true) { __typename @include(if: $c) }', { c: null }],
  ])('leaves %s to graphql-js before any resolver is called', async (_title, query, variables) => {
    const { context, calls } = randomContext(1, () => []);
    expect(await byPlan(planner, executionOf(query, variables), context)).toBeUndefined();
    expect(calls).toEqual([]);
  });

  it('is kept with its document, for every combination of its conditions', async () => {
    const names = Array.from({ length: 6 }, (_, index) => `c${index}`);
    const query = `query (${names.map((name) => `$${name}: Boolean!`).join()}) { ${names.map((name) => `${name}: __typename @skip(if: $${name})`).join(' ')} }`;
    const execution = executionOf(query, {});
    for (let bits = 0; bits < 2 ** names.length; bits += 1) {
      const variables = Object.fromEntries(names.map((name, index) => [name, Boolean(bits & (1 << index))]));
      const { plan, js } = await bothWays({ ...execution, variables }, null);
      expect(plan).toBe(js);
    }
    expect(planner(execution.document, execution.operation)).toBe(planner(execution.document, execution.operation));
  });

  it('takes no longer over fragments that spread each other than over what they ask for', async () => {
    const levels = Array.from(
      { length: 60 },
      (_, level) => `fragment F${level} on Query { ...F${level + 1} ...F${level + 1} }`,
    );
    const query = `{ ...F0 } ${levels.join(' ')} fragment F60 on Query { __typename }`;
    const { plan, js } = await bothWays(executionOf(query), null);
    expect(plan).toBe(js);
  });
});
