import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { expectAnswer } from '../support/expected-answer.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

/** Ids of a page of groups, in the form of version 4 UUIDs. */
const page = Array.from({ length: 50 }, (_, index) => `11111111-0000-4000-8000-${String(index).padStart(12, '0')}`);
const readOf = (id: string) => `GET /cruddy/v2/incident_groups/${id}`;

const resolveGroups = (world: World, ids: readonly string[], selection: string) =>
  world.send(`query ($r: [_Any!]!) { _entities(representations: $r) { ... on IncidentGroup { ${selection} } } }`, {
    r: ids.map((id) => ({ __typename: 'IncidentGroup', id })),
  });

describe('the reads of a page of 50 groups', () => {
  let world: World;
  const findings = new Map<string, readonly string[]>();
  beforeAll(async () => {
    world = await startSeededWorld();
    for (const id of page) {
      world.radar.putGroup({ id, title: `title ${id}` });
      findings.set(id, world.radar.addFindings(3, { groupId: id }));
    }
  });
  beforeEach(() => world.reset());
  afterAll(() => world.close());

  it('are 50, one a group, when whole findings are asked for', async () => {
    const answer = await resolveGroups(world, page, 'title serviceAssetFindings { id title }');

    const expected = page.map((id) => ({
      title: `title ${id}`,
      serviceAssetFindings: (findings.get(id) ?? []).map((finding) => ({
        id: finding,
        title: world.radar.finding(finding)?.title,
      })),
    }));
    expect(expected[49]?.serviceAssetFindings).toHaveLength(3);
    expectAnswer(answer, { _entities: expected });
    expect(world.calls().radar.toSorted()).toEqual(page.map(readOf).toSorted());
  });

  it('are 50 when each group is asked for twice', async () => {
    const answer = await resolveGroups(world, [...page, ...page.toReversed()], 'title');

    const titles = page.map((id) => ({ title: `title ${id}` }));
    expectAnswer(answer, { _entities: [...titles, ...titles.toReversed()] });
    expect(world.calls().radar.toSorted()).toEqual(page.map((id) => `${readOf(id)}?relations=`).toSorted());
  });

  it('are on their way all at once', async () => {
    const held = fault.hold();
    world.radar.faults.always(held);
    const answer = resolveGroups(world, page, 'title');

    // Would never settle if one read waited for another.
    await world.radar.whenRequested(50);
    held.release();

    expect((await answer).errors).toBeUndefined();
    expect(world.radar.maxInFlight).toBe(50);
  });

  it('stay 50 when one of them fails, which costs its own group alone', async () => {
    const [, second = ''] = page;
    world.radar.faults.once(fault.answer(500), { path: `/cruddy/v2/incident_groups/${second}` });

    const answer = await resolveGroups(world, page, 'title');

    const titles = page.map((id) => (id === second ? null : { title: `title ${id}` }));
    expect(answer.data).toEqual({ _entities: titles });
    expect(answer.errors?.map(({ path }) => path)).toEqual([['_entities', 1]]);
    expect(world.calls().radar).toHaveLength(50);
  });
});

describe('with RADAR_CONCURRENCY=3 and AEGISTER_CONCURRENCY=2', () => {
  let world: World;
  beforeAll(async () => {
    world = await startSeededWorld({ RADAR_CONCURRENCY: '3', AEGISTER_CONCURRENCY: '2' });
    for (const id of page) world.radar.putGroup({ id, title: `title ${id}` });
    for (const [index] of page.entries()) world.aegister.putIncident({ organization_id: 9, id: index + 1, title: 't' });
  });
  beforeEach(() => world.reset());
  afterAll(() => world.close());

  it('never has more than three reads of Radar in flight, and three while there are so many to do', async () => {
    const held = fault.hold();
    world.radar.faults.times(3, held);
    const answer = resolveGroups(world, page, 'title');

    await world.radar.whenRequested(3);
    expect(world.radar.requests).toHaveLength(3);
    held.release();

    expectAnswer(await answer, { _entities: page.map((id) => ({ title: `title ${id}` })) });
    expect(world.radar.requests).toHaveLength(50);
    expect(world.radar.maxInFlight).toBe(3);
  });

  it('counts the reads of all operations together', async () => {
    const held = fault.hold();
    world.radar.faults.times(3, held);
    const answers = [0, 1, 2, 3].map((part) => resolveGroups(world, page.slice(part * 10, part * 10 + 10), 'title'));

    await world.radar.whenRequested(3);
    held.release();

    expect((await Promise.all(answers)).map(({ errors }) => errors)).toEqual([0, 1, 2, 3].map(() => undefined));
    expect(world.radar.requests).toHaveLength(40);
    expect(world.radar.maxInFlight).toBe(3);
  });

  it('counts the findings of a group that are read one by one', async () => {
    const [id = ''] = page;
    const ids = world.radar.addFindings(12, { groupId: id });
    world.radar.relationsInReadAnswer = 'ids';
    const held = fault.hold();
    const findingReads = { path: /service_asset_findings/ };
    world.radar.faults.times(3, held, findingReads);
    const pending = resolveGroups(world, [id], 'serviceAssetFindings { id title }');
    await world.radar.whenRequested(3, findingReads);
    held.release();

    const answer = await pending;
    expect(answer.errors).toBeUndefined();
    expect(world.radar.requests).toHaveLength(1 + ids.length);
    expect(world.radar.maxInFlight).toBe(3);
  });

  it('counts each backend by itself', async () => {
    const held = fault.hold();
    world.aegister.faults.times(2, held);
    const representations = page.map((_, index) => ({ __typename: 'Incident', organizationId: '9', id: index + 1 }));
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Incident { title } } }';
    const answer = world.send(query, { r: representations });

    await world.aegister.whenRequested(2);
    held.release();

    expectAnswer(await answer, { _entities: page.map(() => ({ title: 't' })) });
    expect(world.aegister.requests).toHaveLength(50);
    expect(world.aegister.maxInFlight).toBe(2);
  });
});
