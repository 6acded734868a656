import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { expectAnswer, refusedRead } from '../support/expected-answer.ts';
import { because } from '../support/input-refusal.ts';
import { sendWithVariableText } from '../support/raw-operation.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const QUERY = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on Incident { title }
  ... on IncidentGroup { title user { id } }
  ... on ServiceAssetFinding { title }
} }`;
const ID = seedIds.phishingGroup;
const entity = { title: 'Phishing wave, payroll', user: { id: seedIds.dayAnalyst } };
const good = `{"__typename":"IncidentGroup","id":"${ID}"}`;
const NO_ENTITY = 'must be an object whose __typename is an entity of this subgraph.';
const READ = `GET /cruddy/v2/incident_groups/${ID}?relations=`;

let world: World;
beforeAll(async () => {
  world = await startSeededWorld();
});
beforeEach(() => world.reset());
afterEach(() => {
  expect({}).not.toHaveProperty('polluted');
});
afterAll(() => world.close());

/** Representations as JSON text, with all that JavaScript's own serializer would not write. */
const resolve = (...representations: string[]) =>
  sendWithVariableText(world, QUERY, `{"r":[${representations.join(',')}]}`);

const nested = (depth: number) => `${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`;

describe('a representation of an entity', () => {
  it.each([
    ['__proto__', '"__proto__":{"polluted":true,"title":"forged"}'],
    ['constructor and toString', '"constructor":{"prototype":{"polluted":true}},"toString":null,"hasOwnProperty":1'],
    ['then', '"then":{"resolve":1}'],
    ['toJSON', '"toJSON":"x"'],
    ['an empty name', '"":1'],
    ['the fields of the entity', '"title":"forged","user":{"id":"forged"},"user_id":"forged"'],
    ['another id on the wire', '"incident_group_id":"forged","_relations":{"service_asset_findings":[]}'],
    ['a second __typename before', '"__typename":"Incident"'],
    ['10,000 further keys', Array.from({ length: 10_000 }, (_, index) => `"k${index}":${index}`).join(',')],
    ['a text of half a megabyte', `"note":"${'a'.repeat(500_000)}"`],
    ['objects nested 5,000 deep', `"deep":${nested(5000)}`],
  ])('is what its key says, whatever else it holds: %s', async (_what, extra) => {
    const answer = await resolve(`{${extra},"__typename":"IncidentGroup","id":"${ID}"}`, good);

    expectAnswer(answer, { _entities: [entity, entity] });
    expect(world.calls()).toEqual({ aegister: [], radar: [READ] });
  });

  it.each([
    ['text of 200,000 characters', `"${'a'.repeat(200_000)}"`],
    ['digits without end', `"${'9'.repeat(200_000)}"`],
    ['objects nested 5,000 deep', nested(5000)],
    ['an object with __proto__', '{"__proto__":{"polluted":true}}'],
    ['an object that claims to be text', `{"toString":"${ID}","length":36}`],
    ['a number beyond the range of a double', '1e400'],
    ['text with a NUL', String.raw`"${ID}\u0000"`],
    ['text with a lone surrogate', String.raw`"\ud800"`],
    ['a path', `"${ID}/../../users"`],
    ['a query', `"${ID}?relations=all"`],
  ])('fails in its own place when its id is %s, with nothing sent for it', async (_what, id) => {
    const key = `"organizationId":"3071","id":${id}`;
    const types = ['IncidentGroup', 'ServiceAssetFinding', 'Incident'];

    const answer = await resolve(good, ...types.map((type) => `{"__typename":"${type}",${key}}`));

    const uuid = [{ path: ['id'], message: because.uuid }];
    const decimal = [{ path: ['id'], message: because.decimalId }];
    expectAnswer(
      answer,
      { _entities: [entity, null, null, null] },
      refusedRead(['_entities', 1], uuid),
      refusedRead(['_entities', 2], uuid),
      refusedRead(['_entities', 3], decimal),
    );
    expect(world.calls()).toEqual({ aegister: [], radar: [READ] });
    // A hostile key is not worth repeating in an answer.
    expect(answer.text.length).toBeLessThan(3000);
  });
});

describe('a list of representations', () => {
  it('may be hostile in 999 places and right in one', async () => {
    const wrong = ['7', '"IncidentGroup"', '[]', '{}', 'false', '{"__typename":"IncidentGroup"}', '{"__typename":{}}'];
    const all = Array.from({ length: 1000 }, (_, index) =>
      index === 500 ? good : (wrong[index % wrong.length] ?? ''),
    );

    const answer = await resolve(...all);

    expect(answer.data).toEqual({ _entities: all.map((one) => (one === good ? entity : null)) });
    expect(answer.errors).toHaveLength(999);
    const places = new Set(answer.errors?.map(({ path }) => JSON.stringify(path)));
    expect(places.size).toBe(999);
    expect(places).not.toContain('["_entities",500]');
    expect(world.calls()).toEqual({ aegister: [], radar: [READ] });
  });

  it.each(['5000', '20000'])('is refused with %s of them: one clear error, and nothing is sent', async (count) => {
    const answer = await resolve(...Array.from({ length: Number(count) }, () => '{"__typename":"X"}'));

    const message = 'must not hold more than 1000 representations in one operation.';
    expectAnswer(answer, null, refusedRead(['_entities'], [{ path: ['representations'], message }]));
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });

  it('is refused with the same words as ever where it is not a list of objects but one of lists', async () => {
    const answer = await resolve(`[${good}]`, good);

    expectAnswer(
      answer,
      { _entities: [null, entity] },
      refusedRead(['_entities', 0], [{ path: ['representations'], message: NO_ENTITY }]),
    );
  });
});
