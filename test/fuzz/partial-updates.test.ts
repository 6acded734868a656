import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { expectProperty, FUZZ_TIMEOUT } from '../support/fuzz.ts';
import { anyGroupUpdate, anyIncidentUpdate, MAX_LIST_IDS, type RandomUpdate } from '../support/fuzz-inputs.ts';
import { OTHER_TITLE, predict, startModels, type Models, type Prediction } from '../support/fuzz-models.ts';
import { wireGroup, wireIncident } from '../support/known-records.ts';
import { inputWays, toListOperation, toOperation, type Input, type Operation } from '../support/update-mutations.ts';
import { startWorld, type GraphQLAnswer, type World } from '../support/world.ts';

const WAYS = [...inputWays, 'one variable for the list'] as const;
type Way = (typeof WAYS)[number];

let world: World;
beforeAll(async () => {
  world = await startWorld({ MAX_LIST_IDS: String(MAX_LIST_IDS), LOG_LEVEL: 'error' });
  world.radar.putGroup({ id: '7b0f6a60-1111-4000-8000-000000000000', title: OTHER_TITLE });
});
afterAll(() => world.close());

interface Step {
  readonly update: RandomUpdate;
  readonly way: Way;
}

const steps = fc.array(
  fc.record({ update: fc.oneof(anyIncidentUpdate, anyGroupUpdate), way: fc.constantFrom(...WAYS) }),
  {
    minLength: 1,
    maxLength: 5,
  },
);

/** Keys of JSON objects that a literal cannot hold. */
function hasForeignKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => !/^[_A-Za-z]\w*$/.test(key) || hasForeignKey(inner));
}

function inputOf({ fields, stranger }: RandomUpdate): Input {
  const given = Object.entries(fields).map(([name, { value }]) => [name, value] as const);
  return Object.fromEntries<unknown>(stranger === undefined ? given : [...given, [stranger, {}]]);
}

/** The operation in this way, or with one variable where the way has no room for such an input. */
function operationOf({ update, way }: Step): Operation {
  const { mutation, stranger } = update;
  const input = inputOf(update);
  const whole = toOperation(mutation, 'one whole-input variable', input);
  const { relations } = input;
  const fits: Record<Way, boolean> = {
    'a literal': !Object.values(input).some((value) => hasForeignKey({ value })),
    'one whole-input variable': true,
    'one variable per field': stranger === undefined,
    'one variable for the list':
      mutation.field === 'updateIncidentGroup' &&
      stranger === undefined &&
      (relations === undefined || JSON.stringify(relations).startsWith('{"serviceAssetFindingIds"')),
  };
  if (!fits[way]) return whole;
  return way === 'one variable for the list' ? toListOperation(input) : toOperation(mutation, way, input);
}

/** Half a surrogate pair has no place in a document, escaped or not. */
function isUnwritable({ query }: Operation): boolean {
  return /\\ud[89a-f]/.test(query);
}

function expectAnswer(answer: GraphQLAnswer, { update }: Step, expected: Prediction): void {
  const { field } = update.mutation;
  if (expected.kind === 'not executed') {
    expect(answer).toMatchObject({ status: 400, data: undefined });
    expect(answer.errors?.length).toBeGreaterThan(0);
  } else if (expected.kind === 'applied') {
    expect(answer).toMatchObject({ status: 200, errors: undefined });
    expect(Object.values(answer.data as object)).not.toContain(null);
  } else {
    const code = expected.kind === 'refused' ? 'BAD_USER_INPUT' : expected.code;
    expect(answer).toMatchObject({ status: 200, data: { [field]: null } });
    expect(answer.errors).toMatchObject([{ path: [field], extensions: { code, outcome: 'NOT_APPLIED' } }]);
    if (expected.kind === 'rejected by the backend') return;
    const issues = answer.errors?.[0]?.extensions['issues'] as readonly { readonly path: unknown }[];
    const inOrder = (paths: readonly unknown[]) => paths.map((path) => JSON.stringify(path)).sort();
    expect(inOrder(issues.map(({ path }) => path))).toEqual(inOrder(expected.issues));
  }
}

/** As text: comparing objects would take a key called `__proto__` for a prototype. */
function expectState(models: Models): void {
  const incident = world.aegister.incident(3071, 1024);
  const group = world.radar.group(seedIds.emptyGroup);
  expect(JSON.stringify({ ...incident, updated_at: wireIncident.updated_at })).toBe(JSON.stringify(models.incident));
  expect(JSON.stringify({ ...group, updated_at: wireGroup.updated_at })).toBe(JSON.stringify(models.group));
}

it(
  'random partial updates in a row do to each backend exactly what they do to its model',
  async () => {
    const kinds: readonly Prediction['kind'][] = ['applied', 'refused', 'rejected by the backend', 'not executed'];
    await expectProperty({ title: 'partial updates', runs: 100, kinds }, (count) =>
      fc.asyncProperty(steps, async (sequence) => {
        world.aegister.putIncident(wireIncident);
        world.radar.putGroup(wireGroup);
        const models = startModels();
        for (const step of sequence) {
          world.reset();
          const operation = operationOf(step);
          const expected: Prediction = isUnwritable(operation)
            ? { kind: 'not executed' }
            : predict(models, step.update);
          count(expected.kind);
          expectAnswer(await world.send(operation.query, operation.variables), step, expected);
          const sent = [...world.aegister.requests, ...world.radar.requests].map(({ path, body }) => ({ path, body }));
          expect(sent).toEqual('body' in expected ? [{ path: expected.path, body: expected.body }] : []);
          expectState(models);
        }
        expect([...world.aegister.failures, ...world.radar.failures]).toEqual([]);
      }),
    );
  },
  FUZZ_TIMEOUT,
);
