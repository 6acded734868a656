import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { expectAnswer, refusedRead } from '../support/expected-answer.ts';
import { because } from '../support/input-refusal.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const QUERY = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Incident { title }
  ... on IncidentGroup { title }
  ... on ServiceAssetFinding { title }
} }`;

const good = { __typename: 'IncidentGroup', id: seedIds.phishingGroup };
const entity = { title: 'Phishing wave, payroll' };
const NO_ENTITY = 'must be an object whose __typename is an entity of this subgraph.';

let world: World;
beforeAll(async () => {
  world = await startSeededWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const resolve = (representations: unknown) => world.send(QUERY, { representations });

describe('a representation that is none', () => {
  it.each<[string, unknown]>([
    ['an unknown __typename', { __typename: 'Asset', id: '1' }],
    ['the __typename of a type without a key', { __typename: 'UpdateIncidentPayload' }],
    ['the __typename of the root type', { __typename: 'Query' }],
    ['the __typename of a scalar', { __typename: 'DateTime' }],
    ['the __typename of the union', { __typename: '_Entity' }],
    ['the __typename __proto__', { __typename: '__proto__' }],
    ['the __typename constructor', { __typename: 'constructor' }],
    ['an empty __typename', { __typename: '' }],
    ['a number for a __typename', { __typename: 7 }],
    ['null for a __typename', { __typename: null }],
    ['a list for a __typename', { __typename: ['Incident'] }],
    ['no __typename', { id: seedIds.phishingGroup }],
    ['no field at all', {}],
  ])('fails in its own place when it has %s', async (_case, representation) => {
    const answer = await resolve([good, representation, good]);

    const error = refusedRead(['_entities', 1], [{ path: ['representations'], message: NO_ENTITY }]);
    expectAnswer(answer, { _entities: [entity, null, entity] }, error);
    expect(world.calls().radar).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['text', 'IncidentGroup'],
    ['a number', 7],
    ['false', false],
    ['a list', [good]],
  ])('fails in its own place when it is %s', async (_case, representation) => {
    const answer = await resolve([representation, good]);

    const error = refusedRead(['_entities', 0], [{ path: ['representations'], message: NO_ENTITY }]);
    expectAnswer(answer, { _entities: [null, entity] }, error);
  });

  it('costs the whole operation when it is null, as the type of the argument demands, with nothing sent', async () => {
    const answer = await resolve([good, null]);

    expect(answer.status).toBe(400);
    expect(answer.data).toBeUndefined();
    expect(answer.errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'BAD_USER_INPUT', retryable: false, correlationId: answer.headers.get('x-correlation-id') },
    ]);
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });
});

describe('a representation whose key is none', () => {
  const uuid = [{ path: ['id'], message: because.uuid }];

  it.each<[string, object]>([
    ['no id', {}],
    ['null', { id: null }],
    ['a number', { id: 7 }],
    ['true', { id: true }],
    ['an object', { id: { eq: seedIds.phishingGroup } }],
    ['a list', { id: [seedIds.phishingGroup] }],
    ['empty text', { id: '' }],
    ['the word update', { id: 'update' }],
    ['a path', { id: `../service_asset_findings/${seedIds.phishingGroup}` }],
  ])('fails in its own place when a group or finding has %s for an id', async (_case, key) => {
    const answer = await resolve([
      { ...key, __typename: 'IncidentGroup' },
      good,
      { ...key, __typename: 'ServiceAssetFinding' },
    ]);

    const bad = (index: number) => expect.objectContaining({ path: ['_entities', index] }) as unknown as object;
    expect(answer.errors).toEqual([bad(0), bad(2)]);
    const messages = answer.errors?.map(({ extensions }) => extensions['issues']);
    expect(messages).toEqual(
      [0, 2].map(() => [{ path: ['id'], code: expect.any(String) as unknown, message: expect.any(String) as unknown }]),
    );
    expect(answer.data).toEqual({ _entities: [null, entity, null] });
    expect(world.calls().radar).toEqual([`GET /cruddy/v2/incident_groups/${good.id}?relations=`]);
  });

  it('says what an id has to be, in an error like that of a field', async () => {
    const answer = await resolve([{ __typename: 'IncidentGroup', id: 'x' }]);

    expectAnswer(answer, { _entities: [null] }, refusedRead(['_entities', 0], uuid));
  });

  it.each<[string, object, readonly string[]]>([
    ['no part', {}, ['organizationId', 'id']],
    ['no organization', { id: '1024' }, ['organizationId']],
    ['no id', { organizationId: '3071' }, ['id']],
    ['null for an id', { organizationId: '3071', id: null }, ['id']],
    ['a number with a fraction', { organizationId: '3071', id: 1024.5 }, ['id']],
    ['a negative number', { organizationId: -3071, id: '1024' }, ['organizationId']],
    ['zero', { organizationId: '3071', id: 0 }, ['id']],
    ['a number beyond 2^53-1', { organizationId: '3071', id: 9_007_199_254_740_992 }, ['id']],
    ['true', { organizationId: true, id: '1024' }, ['organizationId']],
    ['an object', { organizationId: '3071', id: { value: 1024 } }, ['id']],
    ['a list', { organizationId: ['3071'], id: '1024' }, ['organizationId']],
    ['a path', { organizationId: '3071', id: '1024/threat-intel' }, ['id']],
  ])('fails in its own place when an incident has %s for its key', async (_case, key, parts) => {
    const answer = await resolve([good, { ...key, __typename: 'Incident' }]);

    expect(answer.errors).toHaveLength(1);
    expect(answer.errors?.[0]).toMatchObject({
      path: ['_entities', 1],
      extensions: { code: 'BAD_USER_INPUT', retryable: false, issues: parts.map((part) => ({ path: [part] })) },
    });
    expect(answer.data).toEqual({ _entities: [entity, null] });
    expect(world.calls().aegister).toEqual([]);
  });
});

describe('the number of representations', () => {
  it('may be 1,000, which cost one read for each distinct key', async () => {
    const keys = [seedIds.phishingGroup, seedIds.ransomwareGroup, seedIds.emptyGroup, seedIds.unknownGroup];
    const representations = Array.from({ length: 1000 }, (_, index) => ({
      __typename: 'IncidentGroup',
      id: keys[index % keys.length],
    }));

    const answer = await resolve(representations);

    const titles = ['Phishing wave, payroll', 'Ransomware in radiology', 'To be sorted'];
    const page = [...titles.map((title) => ({ title })), null];
    expectAnswer(answer, { _entities: Array.from({ length: 250 }, () => page).flat() });
    expect(world.calls().radar.toSorted()).toEqual(
      keys.map((id) => `GET /cruddy/v2/incident_groups/${id}?relations=`).toSorted(),
    );
  });

  it('may not be 1,001: a clear error, and nothing is sent', async () => {
    const answer = await resolve(Array.from({ length: 1001 }, () => good));

    const message = 'must not hold more than 1000 representations in one operation.';
    expectAnswer(answer, null, refusedRead(['_entities'], [{ path: ['representations'], message }]));
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });
});
