import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RelationsShape } from '../stand-ins/radar-model.ts';
import { expectAnswer, readError, unusable } from '../support/expected-answer.ts';
import * as known from '../support/group-with-findings.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const { a, b, PUT, GET_GROUP } = known;
const ids = [{ id: a.id }, { id: b.id }];
const titles = [{ title: a.title }, { title: b.title }];

let world: World;
beforeAll(async () => {
  world = await startSeededWorld();
});
beforeEach(() => {
  world.reset();
  known.putGroupWithFindings(world);
});
afterAll(() => world.close());

describe('serviceAssetFindings of a group that is read', () => {
  it.each([
    ['objects', 'id', [GET_GROUP]],
    ['objects', 'id title', [GET_GROUP]],
    ['ids', 'id', [GET_GROUP]],
    ['ids', 'id title', [GET_GROUP, known.getFinding(b), known.getFinding(a)]],
  ] as const)('are answered in order when the group holds %s and { %s } is asked for', async (shape, fields, calls) => {
    world.radar.relationsInReadAnswer = shape;

    const answer = await known.readGroup(world, `title serviceAssetFindings { ${fields} }`);

    const expected = fields === 'id' ? ids : [a, b];
    expectAnswer(answer, { incidentGroup: { title: 'the group', serviceAssetFindings: expected } });
    expect(world.calls().radar.toSorted()).toEqual(calls.toSorted());
  });

  it.each(['id', 'id title'])(
    'are empty when the group holds an empty list and { %s } is asked for',
    async (fields) => {
      world.radar.relationsInReadAnswer = 'empty-list-lie';

      const answer = await known.readGroup(world, `serviceAssetFindings { ${fields} }`);

      expectAnswer(answer, { incidentGroup: { serviceAssetFindings: [] } });
      expect(world.calls().radar).toEqual([GET_GROUP]);
    },
  );

  it.each(
    (['null', 'empty-object', 'absent'] satisfies RelationsShape[]).flatMap((shape) => [
      { shape, fields: 'id' },
      { shape, fields: 'id title' },
    ]),
  )(
    'are null with an error, never "none", when the group holds $shape and { $fields } is asked for',
    async ({ shape, fields }) => {
      world.radar.relationsInReadAnswer = shape;

      const answer = await known.readGroup(world, `title serviceAssetFindings { ${fields} }`);

      expectAnswer(
        answer,
        { incidentGroup: { title: 'the group', serviceAssetFindings: null } },
        readError(['incidentGroup', 'serviceAssetFindings'], unusable('radar')),
      );
      expect(world.calls().radar).toEqual([GET_GROUP]);
    },
  );
});

interface Selection {
  readonly how: string;
  /** Stands for the field, with what belongs around it. */
  readonly field: string;
  readonly fragments?: string;
  readonly variables?: Readonly<Record<string, boolean>>;
  readonly expected: object;
}

/** Selections of nothing but ids, after fragments and directives are worked out. */
const idSelections: readonly Selection[] = [
  {
    how: 'twice and by an alias',
    field: 'serviceAssetFindings { id one: id id }',
    expected: { serviceAssetFindings: ids.map(({ id }) => ({ id, one: id })) },
  },
  {
    how: 'beside __typename',
    field: 'serviceAssetFindings { __typename id }',
    expected: { serviceAssetFindings: ids.map(({ id }) => ({ __typename: 'ServiceAssetFinding', id })) },
  },
  {
    how: 'in an inline fragment',
    field: 'serviceAssetFindings { ... { id } ... on ServiceAssetFinding { id } }',
    expected: { serviceAssetFindings: ids },
  },
  {
    how: 'in named fragments within one another',
    field: 'serviceAssetFindings { ...Outer }',
    fragments: 'fragment Outer on ServiceAssetFinding { ...Inner } fragment Inner on ServiceAssetFinding { id }',
    expected: { serviceAssetFindings: ids },
  },
  {
    how: 'beside a skipped field',
    field: 'serviceAssetFindings { id title @skip(if: true) }',
    expected: { serviceAssetFindings: ids },
  },
  {
    how: 'beside a field that is not included',
    field: 'serviceAssetFindings { id title @include(if: $no) }',
    variables: { no: false },
    expected: { serviceAssetFindings: ids },
  },
  {
    how: 'beside a fragment skipped by a variable',
    field: 'serviceAssetFindings { id ...Title @skip(if: $yes) }',
    fragments: 'fragment Title on ServiceAssetFinding { title }',
    variables: { yes: true },
    expected: { serviceAssetFindings: ids },
  },
  {
    how: 'beside an inline fragment that is not included',
    field: 'serviceAssetFindings { id ... @include(if: $no) { title } }',
    variables: { no: false },
    expected: { serviceAssetFindings: ids },
  },
  {
    how: 'in two fields of one name',
    field: 'serviceAssetFindings { id } serviceAssetFindings { one: id }',
    expected: { serviceAssetFindings: ids.map(({ id }) => ({ id, one: id })) },
  },
  {
    how: 'under two aliases',
    field: 'x: serviceAssetFindings { id } y: serviceAssetFindings { id }',
    expected: { x: ids, y: ids },
  },
];

/** Selections of more than ids, hidden as well as they can be. */
const wholeSelections: readonly Selection[] = [
  {
    how: 'under the alias id',
    field: 'serviceAssetFindings { id: title }',
    expected: { serviceAssetFindings: titles.map(({ title }) => ({ id: title })) },
  },
  {
    how: 'in an inline fragment',
    field: 'serviceAssetFindings { id ... { title } }',
    expected: { serviceAssetFindings: [a, b] },
  },
  {
    how: 'in a named fragment of the group',
    field: '...Group',
    fragments:
      'fragment Group on IncidentGroup { serviceAssetFindings { ...Title } } fragment Title on ServiceAssetFinding { title }',
    expected: { serviceAssetFindings: titles },
  },
  {
    how: 'beside a directive that does not skip',
    field: 'serviceAssetFindings { id title @skip(if: $no) }',
    variables: { no: false },
    expected: { serviceAssetFindings: [a, b] },
  },
  {
    how: 'included by a variable',
    field: 'serviceAssetFindings { id ... @include(if: $yes) { title } }',
    variables: { yes: true },
    expected: { serviceAssetFindings: [a, b] },
  },
  {
    how: 'in the second field of one name',
    field: 'serviceAssetFindings { id } serviceAssetFindings { title }',
    expected: { serviceAssetFindings: [a, b] },
  },
  {
    how: 'under one of two aliases',
    field: 'x: serviceAssetFindings { id } y: serviceAssetFindings { title }',
    expected: { x: ids, y: titles },
  },
  {
    how: 'under both of two aliases',
    field: 'x: serviceAssetFindings { title } y: serviceAssetFindings { title }',
    expected: { x: titles, y: titles },
  },
];

describe('the selection of serviceAssetFindings after updateIncidentGroup', () => {
  function send({ field, fragments = '', variables = {} }: Selection) {
    const declared = Object.keys(variables).map((name) => `$${name}: Boolean!`);
    const head = declared.length === 0 ? 'mutation' : `mutation (${declared.join(', ')})`;
    const query = `${head} {
      updateIncidentGroup(input: { id: "${known.groupId}", title: "new title" }) { incidentGroup { ${field} } }
    } ${fragments}`;
    return world.send(query, variables);
  }

  it.each(idSelections)('costs no read for ids $how', async (selection) => {
    const answer = await send(selection);

    expectAnswer(answer, { updateIncidentGroup: { incidentGroup: selection.expected } });
    expect(world.calls().radar).toEqual([PUT]);
  });

  it.each(wholeSelections)('costs one read of the group for a title $how', async (selection) => {
    const answer = await send(selection);

    expectAnswer(answer, { updateIncidentGroup: { incidentGroup: selection.expected } });
    expect(world.calls().radar).toEqual([PUT, GET_GROUP]);
  });

  it.each([
    ['skipped', 'serviceAssetFindings @skip(if: $yes) { title }'],
    ['not included', '...Findings @include(if: $no)'],
  ])('costs no read when the findings themselves are %s', async (_case, field) => {
    const query = `mutation ($yes: Boolean!, $no: Boolean!) {
      updateIncidentGroup(input: { id: "${known.groupId}", title: "new title" }) {
        incidentGroup { title ${field} ...Findings @include(if: $no) ...Findings @skip(if: $yes) }
      }
    } fragment Findings on IncidentGroup { serviceAssetFindings { title } }`;

    const answer = await world.send(query, { yes: true, no: false });

    expectAnswer(answer, { updateIncidentGroup: { incidentGroup: { title: 'new title' } } });
    expect(world.calls().radar).toEqual([PUT]);
  });
});
