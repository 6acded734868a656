import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed.ts';
import { sendWithVariableText } from '../support/raw-operation.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ FIELD_SUGGESTIONS: '0', RADAR_CONCURRENCY: '2' });
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const updateGroup = `mutation ($input: UpdateIncidentGroupInput!) {
  updateIncidentGroup(input: $input) { incidentGroup { id title } }
}`;
const updateIncident = 'mutation ($input: UpdateIncidentInput!) { updateIncident(input: $input) { incident { id } } }';

describe('a message about a document', () => {
  it('is cut, however much of the caller it would repeat', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`unknown${index}`, 1]));
    const answer = await world.send(updateIncident, { input: { organizationId: '1', id: '1', ...unknown } });
    expect(answer.status).toBe(400);
    expect(answer.errors).not.toHaveLength(0);
    for (const { message } of answer.errors ?? []) expect(message.length).toBeLessThanOrEqual(1_003);
  });

  it('loses its suggestion, and only that', async () => {
    const answer = await world.send(updateIncident, { input: { organizationId: '1', id: '1', titel: 'x' } });
    expect(answer.errors?.[0]?.message).toMatch(/Field "titel" is not defined by type "UpdateIncidentInput"\.$/);
  });

  it.each(['variable', 'literal'])('is made in time that grows with the length of a %s, not faster', async (way) => {
    const status = 'Did you mean '.repeat(60_000);
    const answer =
      way === 'variable'
        ? await world.send(updateIncident, { input: { organizationId: '1', id: '1', status } })
        : await world.send(updateIncident.replace('$input)', `{ status: "${status}" })`).replace(/\(\$.*?\)/, ''));
    expect(answer.status).toBe(400);
    for (const { message } of answer.errors ?? []) expect(message.length).toBeLessThanOrEqual(1_003);
  });
});

describe('ids as JSON numbers beyond the exact range', () => {
  it.each([
    '"userId":12345678901234567890',
    '"relations":{"serviceAssetFindingIds":[9007199254740993,9007199254740992]}',
  ])('are refused instead of being rounded: %s', async (change) => {
    const answer = await sendWithVariableText(world, updateGroup, `{"input":{"id":"${seedIds.emptyGroup}",${change}}}`);
    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(world.calls().radar).toEqual([]);
  });

  it('are refused also beside values that are nested deeper than anything is looked through recursively', async () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const input = `{"id":"${seedIds.emptyGroup}","userId":12345678901234567890}`;
    const answer = await sendWithVariableText(world, updateGroup, `{"input":${input},"unused":${deep}}`);
    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(world.calls().radar).toEqual([]);
  });
});

describe('an answer of a backend', () => {
  it('with a list of a million elements that are no findings costs nothing when the list is not asked for', async () => {
    world.radar.faults.once(fault.lie({ service_asset_findings: Array<number>(1_000_000).fill(0) }));
    const answer = await world.send(updateGroup, { input: { id: seedIds.emptyGroup, title: 'Hostile' } });
    expect(answer.data).toEqual({
      updateIncidentGroup: { incidentGroup: { id: seedIds.emptyGroup, title: 'Hostile' } },
    });
  });

  it('with more than a hundred such elements fails as a whole list, with one error', async () => {
    world.radar.faults.once(fault.lie({ service_asset_findings: Array<number>(101).fill(0) }));
    const answer = await world.send(`{ incidentGroup(id: "${seedIds.emptyGroup}") { serviceAssetFindings { id } } }`);
    expect(answer.data).toEqual({ incidentGroup: { serviceAssetFindings: null } });
    expect(answer.errors?.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['incidentGroup', 'serviceAssetFindings'], 'UPSTREAM_BAD_RESPONSE'],
    ]);
  });

  it.each(['content-type', 'retry-after', 'content-encoding'])('may repeat its header %s', async (name) => {
    const value =
      { 'content-type': 'application/json', 'retry-after': '7', 'content-encoding': 'identity' }[name] ?? '';
    world.radar.faults.once(
      fault.rewrite((normal) => ({ ...normal, headers: { ...normal.headers, [name]: [value, value] } })),
    );
    const answer = await world.send(`{ incidentGroup(id: "${seedIds.emptyGroup}") { id } }`);
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({ incidentGroup: { id: seedIds.emptyGroup } });
  });
});

describe('the same large group under many names', () => {
  it('is read once, and refused where its findings would be written out beyond 50,000', async () => {
    world.radar.putGroup({ id: seedIds.emptyGroup });
    world.radar.addFindings(1_000, { groupId: seedIds.emptyGroup });
    const names = Array.from({ length: 60 }, (_, index) => `f${index}: serviceAssetFindings { id }`);
    const answer = await world.send(`{ incidentGroup(id: "${seedIds.emptyGroup}") { ${names.join(' ')} } }`);

    expect(world.calls().radar).toHaveLength(1);
    expect(answer.errors).toHaveLength(10);
    expect(new Set(answer.errors?.map(({ extensions }) => extensions['code']))).toEqual(new Set(['BAD_USER_INPUT']));
  });
});

describe('the limit of requests in flight', () => {
  it('holds also after the backend was away', async () => {
    const load = (count: number) =>
      Promise.all(
        Array.from({ length: count }, () => world.send(`{ incidentGroup(id: "${seedIds.phishingGroup}") { title } }`)),
      );
    await load(10);
    await world.radar.stop();
    await load(20);
    await world.radar.restart();
    world.radar.clearRequests();
    const held = [fault.hold(), fault.hold()];
    for (const hold of held) world.radar.faults.once(hold);
    const answers = load(40);
    await world.radar.whenRequested(2);
    for (const hold of held) hold.release();
    await answers;

    expect(world.radar.requests).toHaveLength(40);
    expect(world.radar.maxInFlight).toBe(2);
  });
});
