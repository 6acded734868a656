import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { expectAnswer, failed, readError, refusedRead } from '../support/expected-answer.ts';
import { because } from '../support/input-refusal.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const group = (id: string) => ({ __typename: 'IncidentGroup', id });
const phishing = group(seedIds.phishingGroup);
const empty = group(seedIds.emptyGroup);
const dossier = { __typename: 'Incident', organizationId: '3071', id: '1024' };
const readOf = (id: string) => `GET /cruddy/v2/incident_groups/${id}`;
const TOO_MANY = 'must not hold more than 1000 representations in one operation.';

let world: World;
beforeAll(async () => {
  world = await startSeededWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** One `_entities` an alias, each with its own variable, as planners send it that put several fetches into one operation. */
function resolve(selections: Readonly<Record<string, string>>, variables: Readonly<Record<string, unknown>>) {
  const names = Object.keys(selections);
  const fields = names.map((name) => `${name}: _entities(representations: $${name}) { ${selections[name] ?? ''} }`);
  const declared = names.map((name) => `$${name}: [_Any!]!`).join(', ');
  return world.send(`query (${declared}) { ${fields.join('\n')} }`, variables);
}

describe('several aliases of _entities in one operation', () => {
  it('each answer their own representations in their own order and selection', async () => {
    const answer = await resolve(
      {
        _e0: '... on IncidentGroup { title }',
        _e1: '__typename ... on Incident { id } ... on IncidentGroup { name: title }',
        _e2: '... on IncidentGroup { title }',
      },
      { _e0: [phishing, empty], _e1: [empty, dossier, phishing], _e2: [] },
    );

    expectAnswer(answer, {
      _e0: [{ title: 'Phishing wave, payroll' }, { title: 'To be sorted' }],
      _e1: [
        { __typename: 'IncidentGroup', name: 'To be sorted' },
        { __typename: 'Incident', id: '1024' },
        { __typename: 'IncidentGroup', name: 'Phishing wave, payroll' },
      ],
      _e2: [],
    });
  });

  it('read a record once, whichever of them ask for it', async () => {
    const selection = '... on IncidentGroup { title }';
    const page = [phishing, empty, phishing];

    const answer = await resolve({ a: selection, b: selection, c: selection }, { a: page, b: page, c: [empty] });

    expect(answer.errors).toBeUndefined();
    expect(world.calls().radar.toSorted()).toEqual(
      [phishing, empty].map(({ id }) => `${readOf(id)}?relations=`).toSorted(),
    );
  });

  it('have an error for each place that asks for a record which cannot be read, and keep everything else', async () => {
    world.radar.faults.always(fault.answer(500), { path: `/cruddy/v2/incident_groups/${empty.id}` });
    const selection = '... on IncidentGroup { title }';

    const answer = await resolve({ a: selection, b: selection }, { a: [phishing, empty], b: [empty, phishing, 'x'] });

    const title = { title: 'Phishing wave, payroll' };
    const noEntity = 'must be an object whose __typename is an entity of this subgraph.';
    expectAnswer(
      answer,
      { a: [title, null], b: [null, title, null] },
      readError(['a', 1], failed('radar')),
      readError(['b', 0], failed('radar')),
      refusedRead(['b', 2], [{ path: ['representations'], message: noEntity }]),
    );
  });

  it('keep a malformed key of one from its neighbours in another', async () => {
    const selection = '... on IncidentGroup { id title }';

    const answer = await resolve({ a: selection, b: selection }, { a: [group('x')], b: [phishing] });

    expectAnswer(
      answer,
      { a: [null], b: [{ id: phishing.id, title: 'Phishing wave, payroll' }] },
      refusedRead(['a', 0], [{ path: ['id'], message: because.uuid }]),
    );
  });
});

describe('the cap over several aliases', () => {
  const selection = '... on IncidentGroup { title }';
  const some = (count: number) => Array.from({ length: count }, () => phishing);

  it('lets 1,000 representations in all pass', async () => {
    const answer = await resolve(
      { a: selection, b: selection, c: selection },
      { a: some(400), b: some(599), c: some(1) },
    );

    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({ c: [{ title: 'Phishing wave, payroll' }] });
    expect(world.calls().radar).toHaveLength(1);
  });

  it.each([
    ['the first', { a: 1000, b: 1 }],
    ['the last', { a: 1, b: 1000 }],
    ['both together', { a: 501, b: 500 }],
  ])(
    'refuses one more, however they are spread (%s), with one clear error and nothing sent',
    async (_which, counts) => {
      const answer = await resolve({ a: selection, b: selection }, { a: some(counts.a), b: some(counts.b) });

      expectAnswer(answer, null, refusedRead(['a'], [{ path: ['representations'], message: TOO_MANY }]));
      expect(world.calls()).toEqual({ aegister: [], radar: [] });
    },
  );
});
