import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import type { RelationsShape } from '../stand-ins/radar-model.ts';
import { expectAnswer } from '../support/expected-answer.ts';
import * as known from '../support/group-with-findings.ts';
import { finding, findingFields, wireFinding } from '../support/known-records.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const { a, b, c, PUT, GET_GROUP, groupId } = known;

let world: World;
beforeAll(async () => {
  world = await startSeededWorld();
});
beforeEach(() => {
  world.reset();
  known.putGroupWithFindings(world);
});
afterAll(() => world.close());

const payload = (serviceAssetFindings: unknown, others: object = {}) => ({
  updateIncidentGroup: { incidentGroup: { serviceAssetFindings, ...others } },
});

interface Row {
  readonly shape: RelationsShape;
  readonly written: 'c and a' | 'an empty list' | 'no list';
  readonly expected: readonly { readonly id: string; readonly title: string }[];
  /** Whether the group is read once more, when only ids are asked for and when more is. */
  readonly readForIds: boolean;
  readonly readForMore: boolean;
}

const row = (
  shape: RelationsShape,
  written: Row['written'],
  expected: Row['expected'],
  readForIds: boolean,
  readForMore: boolean,
): Row => ({ shape, written, expected, readForIds, readForMore });

const inputs: Readonly<Record<Row['written'], object>> = {
  'c and a': known.linkedTo(c, a),
  'an empty list': known.linkedTo(),
  'no list': {},
};

const rows: readonly Row[] = [
  row('ids', 'c and a', [c, a], false, true),
  row('ids', 'an empty list', [], false, false),
  row('ids', 'no list', [a, b], false, true),
  row('objects', 'c and a', [c, a], false, false),
  row('objects', 'an empty list', [], false, false),
  row('objects', 'no list', [a, b], false, false),
  ...(['null', 'empty-object', 'absent'] as const).flatMap((shape) => [
    row(shape, 'c and a', [c, a], false, true),
    row(shape, 'an empty list', [], false, false),
    row(shape, 'no list', [a, b], true, true),
  ]),
  row('empty-list-lie', 'c and a', [], false, false),
  row('empty-list-lie', 'an empty list', [], false, false),
  row('empty-list-lie', 'no list', [], false, false),
];

describe('serviceAssetFindings after updateIncidentGroup', () => {
  it.each(rows)('are the right ids in order when the answer holds $shape and the write $written', async (given) => {
    world.radar.relationsInWriteAnswer = given.shape;

    const answer = await known.updateGroup(world, 'serviceAssetFindings { id }', inputs[given.written]);

    expectAnswer(answer, payload(given.expected.map(({ id }) => ({ id }))));
    expect(world.calls()).toEqual({ aegister: [], radar: given.readForIds ? [PUT, GET_GROUP] : [PUT] });
  });

  it.each(rows)('are whole by one read at most when the answer holds $shape and the write $written', async (given) => {
    world.radar.relationsInWriteAnswer = given.shape;

    const answer = await known.updateGroup(world, 'serviceAssetFindings { id title }', inputs[given.written]);

    expectAnswer(answer, payload(given.expected));
    expect(world.calls()).toEqual({ aegister: [], radar: given.readForMore ? [PUT, GET_GROUP] : [PUT] });
  });

  it.each(rows)('cost nothing when not asked for, the answer holds $shape and the write $written', async (given) => {
    world.radar.relationsInWriteAnswer = given.shape;

    const answer = await known.updateGroup(world, 'id title', inputs[given.written]);

    expectAnswer(answer, { updateIncidentGroup: { incidentGroup: { id: groupId, title: 'new title' } } });
    expect(world.calls()).toEqual({ aegister: [], radar: [PUT] });
  });
});

describe('where serviceAssetFindings after updateIncidentGroup come from', () => {
  it.each([
    ['ids', [b.id]],
    ['objects', [{ ...b }]],
  ])('is the answered list of %s, over the list just written', async (_case, answered) => {
    world.radar.faults.once(fault.lie({ service_asset_findings: answered }));

    const answer = await known.updateGroup(world, 'serviceAssetFindings { id title }', known.linkedTo(c, a));

    expectAnswer(answer, payload([b]));
  });

  it('is the list just written, over what a read of the group would say', async () => {
    world.radar.relationsInWriteAnswer = 'null';
    // Somebody else changes the links between the write and the read.
    world.radar.faults.once(fault.lie({ service_asset_findings: [{ ...b }, { ...a }] }), { method: 'GET' });

    const answer = await known.updateGroup(world, 'serviceAssetFindings { id title }', known.linkedTo(c, a));

    expectAnswer(answer, payload([c, a]));
    // c is not in the group that was read, so it alone is read by itself.
    expect(world.calls().radar).toEqual([PUT, GET_GROUP, known.getFinding(c)]);
  });

  it('is the list as written without its duplicates, in order of first mention', async () => {
    world.radar.relationsInWriteAnswer = 'null';

    const answer = await known.updateGroup(world, 'serviceAssetFindings { id }', known.linkedTo(c, a, c, b, a));

    expectAnswer(answer, payload([c, a, b].map(({ id }) => ({ id }))));
    expect(world.calls().radar).toEqual([PUT]);
  });

  it.each([
    ['text', 'none'],
    ['false', false],
    ['0', 0],
    ['an object with a list inside', { objects: [] }],
  ])('is never an answer that is %s', async (_case, answered) => {
    world.radar.faults.once(fault.lie({ service_asset_findings: answered }));

    const answer = await known.updateGroup(world, 'serviceAssetFindings { id }');

    expectAnswer(answer, payload([{ id: a.id }, { id: b.id }]));
    expect(world.calls().radar).toEqual([PUT, GET_GROUP]);
  });

  it.each(['id', 'id title'])(
    'is one read more per finding when the read of the group holds ids and { %s } is asked for',
    async (fields) => {
      world.radar.relationsInWriteAnswer = 'null';
      world.radar.relationsInReadAnswer = 'ids';

      const answer = await known.updateGroup(world, `serviceAssetFindings { ${fields} }`);

      const whole = fields !== 'id';
      expectAnswer(answer, payload(whole ? [a, b] : [{ id: a.id }, { id: b.id }]));
      const [put, group, ...rest] = world.calls().radar;
      expect([put, group]).toEqual([PUT, GET_GROUP]);
      expect(rest.toSorted()).toEqual(whole ? [a, b].map(known.getFinding).toSorted() : []);
    },
  );

  it('matches ids of the answer with those of the read in whatever case', async () => {
    world.radar.faults.once(fault.lie({ service_asset_findings: [b.id.toUpperCase()] }));

    const answer = await known.updateGroup(world, 'serviceAssetFindings { title }');

    expectAnswer(answer, payload([{ title: b.title }]));
    expect(world.calls().radar).toEqual([PUT, GET_GROUP]);
  });

  it('reads whole findings when the answer holds objects with nothing but an id', async () => {
    world.radar.faults.once(fault.lie({ service_asset_findings: [{ id: b.id }] }));

    const answer = await known.updateGroup(world, 'serviceAssetFindings { title }');

    expectAnswer(answer, payload([{ title: b.title }]));
    expect(world.calls().radar).toEqual([PUT, GET_GROUP]);
  });

  it('carries every field of a finding, from the answer and from the read alike', async () => {
    world.radar.putFinding(wireFinding);
    const ask = () =>
      known.updateGroup(world, `serviceAssetFindings { ${findingFields} }`, known.linkedTo(wireFinding));

    world.radar.relationsInWriteAnswer = 'objects';
    expectAnswer(await ask(), payload([finding]));
    world.radar.relationsInWriteAnswer = 'ids';
    expectAnswer(await ask(), payload([finding]));

    expect(world.calls().radar).toEqual([PUT, PUT, GET_GROUP]);
  });

  it('leaves incidentsCount as the backend wrote it, also when it is older than the links', async () => {
    const answer = await known.updateGroup(world, 'incidentsCount serviceAssetFindings { id }', known.linkedTo(c));

    expectAnswer(answer, payload([{ id: c.id }], { incidentsCount: 2 }));
    expect(world.calls().radar).toEqual([PUT]);
  });
});
