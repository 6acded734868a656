import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../stand-ins/faults.ts';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { expectAnswer } from '../support/expected-answer.ts';
import * as known from '../support/group-with-findings.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const { a, b, c, groupId, PUT, GET_GROUP } = known;
const GET_GROUP_ALONE = `${GET_GROUP}?relations=`;
const PATCH = 'PATCH /api/v1/V-Ciso/incidents/3071/1024';
const GET_INCIDENT = 'GET /api/v1/V-Ciso/incidents/3071/1024';

let world: World;
beforeAll(async () => {
  world = await startSeededWorld();
});
beforeEach(() => {
  world.reset();
  known.putGroupWithFindings(world);
  world.aegister.putIncident({ organization_id: 3071, id: 1024, title: 'the incident', reference_code: groupId });
});
afterAll(() => world.close());

/** A mutation field that changes the incident's title and reads the group it links to. */
const lookAt = (alias: string, selection: string) => `
  ${alias}: updateIncident(input: { organizationId: 3071, id: 1024, title: "${alias}" }) {
    incident { incidentGroup { ${selection} } }
  }`;
const seen = (incidentGroup: object) => ({ incident: { incidentGroup } });
const rename = (title: string, id: string = groupId) =>
  `rename: updateIncidentGroup(input: { id: "${id}", title: "${title}" }) { incidentGroup { id } }`;

describe('a read after updateIncidentGroup in the same operation', () => {
  it('shows the write, not what was read before it', async () => {
    const answer = await world.send(
      `mutation { ${lookAt('before', 'title')} ${rename('renamed')} ${lookAt('after', 'title')} }`,
    );

    expectAnswer(answer, {
      before: seen({ title: 'the group' }),
      rename: { incidentGroup: { id: groupId } },
      after: seen({ title: 'renamed' }),
    });
    expect(world.calls().radar).toEqual([GET_GROUP_ALONE, PUT]);
  });

  it('shows the last of two writes, also when the id is written in capitals', async () => {
    const answer = await world.send(`mutation {
      one: updateIncidentGroup(input: { id: "${groupId}", title: "one" }) { incidentGroup { title } }
      two: updateIncidentGroup(input: { id: "${groupId.toUpperCase()}", title: "two" }) { incidentGroup { title } }
      ${lookAt('after', 'title')}
    }`);

    expectAnswer(answer, {
      one: { incidentGroup: { title: 'one' } },
      two: { incidentGroup: { title: 'two' } },
      after: seen({ title: 'two' }),
    });
    expect(world.calls().radar).toEqual([PUT, PUT]);
  });

  it('shows the findings of the last write, read anew', async () => {
    world.radar.relationsInWriteAnswer = 'null';
    const field = (alias: string, ids: readonly string[]) => `
      ${alias}: updateIncidentGroup(input: {
        id: "${groupId}", relations: { serviceAssetFindingIds: ${JSON.stringify(ids)} }
      }) { incidentGroup { serviceAssetFindings { title } } }`;

    const answer = await world.send(`mutation {
      ${lookAt('before', 'serviceAssetFindings { id }')}
      ${field('one', [a.id])}
      ${field('two', [c.id, b.id])}
      ${lookAt('after', 'serviceAssetFindings { id title }')}
    }`);

    const list = (...findings: readonly { title: string }[]) => ({
      incidentGroup: { serviceAssetFindings: findings.map(({ title }) => ({ title })) },
    });
    expectAnswer(answer, {
      before: seen({ serviceAssetFindings: [{ id: a.id }, { id: b.id }] }),
      one: list(a),
      two: list(c, b),
      after: seen({ serviceAssetFindings: [c, b] }),
    });
    expect(world.calls().radar).toEqual([GET_GROUP, PUT, GET_GROUP, PUT, GET_GROUP]);
  });

  it('shows findings that are new to the group although the group was read before', async () => {
    const answer = await world.send(`mutation {
      ${lookAt('before', 'serviceAssetFindings { title }')}
      updateIncidentGroup(input: { id: "${groupId}", relations: { serviceAssetFindingIds: [] } }) {
        incidentGroup { serviceAssetFindings { title } }
      }
      ${lookAt('after', 'title serviceAssetFindings { title }')}
    }`);

    expectAnswer(answer, {
      before: seen({ serviceAssetFindings: [{ title: a.title }, { title: b.title }] }),
      updateIncidentGroup: { incidentGroup: { serviceAssetFindings: [] } },
      after: seen({ title: 'the group', serviceAssetFindings: [] }),
    });
    expect(world.calls().radar).toEqual([GET_GROUP, PUT]);
  });

  it('keeps what was read of no group across the write of another one', async () => {
    const other = seedIds.vendorExampleGroup;
    const answer = await world.send(
      `mutation { ${lookAt('before', 'title')} ${rename('other title', other)} ${lookAt('after', 'title')} }`,
    );

    expectAnswer(answer, {
      before: seen({ title: 'the group' }),
      rename: { incidentGroup: { id: other } },
      after: seen({ title: 'the group' }),
    });
  });

  it.each<[string, Fault, string]>([
    ['answered 500', fault.answer(500, {}, {}, { applied: true }), 'UPSTREAM_ERROR'],
    ['broke off inside the answer', fault.resetInsideBody({ applied: true }), 'UPSTREAM_ERROR'],
    ['answered with a page', fault.html(200, { applied: true }), 'UPSTREAM_BAD_RESPONSE'],
    ['answered with another group', fault.lie({ id: seedIds.phishingGroup }), 'UPSTREAM_BAD_RESPONSE'],
  ])('reads anew when the outcome is UNKNOWN because the backend %s', async (_case, spoilt, code) => {
    world.radar.faults.once(spoilt, { method: 'PUT' });

    const answer = await world.send(
      `mutation { ${lookAt('before', 'title')} ${rename('renamed')} ${lookAt('after', 'title')} }`,
    );

    expect(answer.data).toEqual({
      before: seen({ title: 'the group' }),
      rename: null,
      after: seen({ title: 'renamed' }),
    });
    expect(answer.errors?.map(({ path, extensions }) => [path, extensions['code'], extensions['outcome']])).toEqual([
      [['rename'], code, 'UNKNOWN'],
    ]);
    expect(world.calls().radar).toEqual([GET_GROUP_ALONE, PUT, GET_GROUP_ALONE]);
  });

  it('forgets an earlier write too when a later one ends UNKNOWN', async () => {
    world.radar.faults.once(fault.pass(), { method: 'PUT' });
    world.radar.faults.once(fault.answer(500, {}, {}, { applied: true }), { method: 'PUT' });

    const answer = await world.send(`mutation {
      first: updateIncidentGroup(input: { id: "${groupId}", title: "first" }) { incidentGroup { title } }
      ${rename('second')}
      ${lookAt('after', 'title')}
    }`);

    expect(answer.data).toEqual({
      first: { incidentGroup: { title: 'first' } },
      rename: null,
      after: seen({ title: 'second' }),
    });
    expect(world.calls().radar).toEqual([PUT, PUT, GET_GROUP_ALONE]);
  });
});

describe('a write of an incident in the same operation', () => {
  it('answers each of two writes with its own state', async () => {
    const field = (alias: string) =>
      `${alias}: updateIncident(input: { organizationId: 3071, id: 1024, title: "${alias}" }) { incident { title } }`;

    const answer = await world.send(`mutation { ${field('one')} ${field('two')} }`);

    expectAnswer(answer, { one: { incident: { title: 'one' } }, two: { incident: { title: 'two' } } });
    expect(world.calls().aegister).toEqual([PATCH, PATCH]);
  });

  it.each<[string, Fault]>([
    ['answered 500', fault.answer(500, {}, {}, { applied: true })],
    ['broke off inside the answer', fault.resetInsideBody({ applied: true })],
  ])('answers the second write with its own state when the first one %s', async (_case, spoilt) => {
    world.aegister.faults.once(spoilt);

    const answer = await world.send(`mutation {
      one: updateIncident(input: { organizationId: 3071, id: 1024, title: "one" }) { incident { title } }
      two: updateIncident(input: { organizationId: 3071, id: 1024, referenceCode: "code" }) { incident { title } }
    }`);

    expect(answer.data).toEqual({ one: null, two: { incident: { title: 'one' } } });
    expect(answer.errors?.map(({ path, extensions }) => [path, extensions['outcome']])).toEqual([[['one'], 'UNKNOWN']]);
    expect(world.calls().aegister).toEqual([PATCH, PATCH]);
  });

  it('is seen by the next query', async () => {
    await world.send(
      'mutation { updateIncident(input: { organizationId: 3071, id: 1024, title: "x" }) { incident { id } } }',
    );

    const answer = await world.send('{ incident(organizationId: 3071, id: 1024) { title } }');

    expectAnswer(answer, { incident: { title: 'x' } });
    expect(world.calls().aegister).toEqual([PATCH, GET_INCIDENT]);
  });
});
