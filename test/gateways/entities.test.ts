import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSchemaFiles } from '../../src/schema-files.ts';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { entitiesPage, entityBehaviours, GATEWAY_ENDS } from '../support/gateways/entity-behaviours.ts';
import type { Route } from '../support/gateways/gateway.ts';
import { gateways, tableSuffix } from '../support/gateways/index.ts';
import { operationsOf, startRelay, type Relay } from '../support/gateways/relay.ts';
import {
  startReferencesSubgraph,
  type Reference,
  type ReferencesSubgraph,
} from '../support/gateways/references-subgraph.ts';
import { expectPublished } from '../support/published-page.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { GraphQLAnswer, World } from '../support/world.ts';

const group = (id: string): Reference => ({ __typename: 'IncidentGroup', id });
const finding = (id: string): Reference => ({ __typename: 'ServiceAssetFinding', id });
const incident = (id: string): Reference => ({ __typename: 'Incident', organizationId: '3071', id });

const PHISHING = { id: seedIds.phishingGroup, title: 'Phishing wave, payroll' };
const EMPTY = { id: seedIds.emptyGroup, title: 'To be sorted' };
const readOf = (id: string) => `/cruddy/v2/incident_groups/${id}`;

const observed = new Map<string, Readonly<Record<string, string>>>();
const behindAGateway = gateways.filter(({ name }) => name !== 'direct');

describe.each(behindAGateway)('links of a neighbour to this service, $name', (gateway) => {
  let world: World;
  let neighbour: ReferencesSubgraph;
  let relay: Relay;
  let route: Route;
  const behaviour: Record<string, string> = {};
  const expected = entityBehaviours[gateway.name] ?? {};
  beforeAll(async () => {
    observed.set(gateway.name, behaviour);
    world = await startSeededWorld();
    neighbour = await startReferencesSubgraph();
    relay = await startRelay(world.url);
    route = await gateway.start(
      [{ name: 'incidents', sdl: readSchemaFiles(), url: relay.line.url }, neighbour],
      'recommended',
    );
  });
  beforeEach(() => {
    world.reset();
    relay.line.clearRequests();
  });
  afterAll(async () => {
    await route.close();
    await Promise.all([relay.line.close(), neighbour.close(), world.close()]);
  });

  const pathOf = ({ errors = [] }: GraphQLAnswer, code: string) =>
    errors.filter(({ extensions }) => extensions['code'] === code).map(({ path = [] }) => path.join('.'));
  const representations = () => operationsOf(relay).map(({ variables }) => Object.values(variables));

  it('keeps the page and each healthy element when others dangle, fail or are malformed', async () => {
    const ids = [PHISHING.id, seedIds.unknownGroup, seedIds.ransomwareGroup, 'no-uuid', PHISHING.id, EMPTY.id];
    neighbour.groups = ids.map(group);
    world.radar.faults.always(fault.answer(500), { path: readOf(seedIds.ransomwareGroup) });

    const answer = await route.send('{ groups { id title } }');

    const healthy = [PHISHING, EMPTY];
    expect(answer.data).toEqual({
      groups: ids.map((id) => healthy.find((one) => one.id === id) ?? { id, title: null }),
    });
    expect(answer.errors).toHaveLength(2);
    behaviour['failing'] = pathOf(answer, 'UPSTREAM_ERROR').join(', ');
    behaviour['malformed'] = pathOf(answer, 'BAD_USER_INPUT').join(', ');
    behaviour['repeated'] = String((representations() as unknown[][][]).flat(2).length);
    expect(behaviour).toMatchObject({
      failing: expected['failing'],
      malformed: expected['malformed'],
      repeated: expected['repeated'],
    });
    expect(world.calls().radar).toHaveLength(4);
  });

  it('costs its own field when a value does not fit', async () => {
    neighbour.groups = [PHISHING, EMPTY].map(({ id }) => group(id));
    world.radar.faults.always(fault.lie({ title: {} }), { path: readOf(EMPTY.id) });

    const answer = await route.send('{ groups { id title description } }');

    expect(answer.data).toMatchObject({ groups: [PHISHING, { ...EMPTY, title: null, description: '' }] });
    expect(answer.errors).toHaveLength(1);
    behaviour['unfit'] = pathOf(answer, 'UPSTREAM_BAD_RESPONSE').join(', ');
    expect(behaviour['unfit']).toBe(expected['unfit']);
  });

  it('answers every field of a dangling link with null, without an error', async () => {
    neighbour.groups = [group(seedIds.unknownGroup), group(PHISHING.id)];

    const { data, errors, text } = await route.send('{ groups { title incidentsCount } }');

    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ groups: [{ title: null }, { title: PHISHING.title, incidentsCount: 4 }] });
    behaviour['dangling'] = /\{"groups":\[(\{[^}]*\})/.exec(text)?.[1] ?? '';
    expect(behaviour['dangling']).toBe(expected['dangling']);
  });

  it('resolves a list of mixed types', async () => {
    neighbour.records = [
      incident('1024'),
      group(PHISHING.id),
      incident('9'),
      finding(seedIds.portalFloodFinding),
      finding('zz'),
    ];

    const answer = await route.send(`{ records {
      ... on Incident { id dossier: title }
      ... on IncidentGroup { id group: title }
      ... on ServiceAssetFinding { id finding: title }
    } }`);

    expect(answer.data).toEqual({
      records: [
        { id: '1024', dossier: 'Ransomware on the radiology file server' },
        { id: PHISHING.id, group: PHISHING.title },
        { id: '9', dossier: null },
        { id: seedIds.portalFloodFinding, finding: 'Flood of half-open connections on the portal' },
        { id: 'zz', finding: null },
      ],
    });
    expect(answer.errors?.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
    behaviour['mixed'] = shapeOf(relay);
    expect(behaviour['mixed']).toBe(expected['mixed']);
  });

  it('reads what two fields of one query link to', async () => {
    neighbour.groups = [group(PHISHING.id), group(EMPTY.id)];
    neighbour.records = [group(PHISHING.id)];

    const answer = await route.send('{ groups { title } records { ... on IncidentGroup { title description } } }');

    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({
      groups: [{ title: PHISHING.title }, { title: EMPTY.title }],
      records: [{ title: PHISHING.title }],
    });
    const reads = world.calls().radar.length;
    behaviour['two fields'] = `${shapeOf(relay)}; ${reads} reads`;
    expect(behaviour['two fields']).toBe(expected['two fields']);
  });

  // The last one: it ends a gateway.
  it('tells of a list beyond the cap, and nothing is read', async () => {
    const ids = Array.from(
      { length: 1001 },
      (_, index) => `11111111-0000-4000-8000-${String(index).padStart(12, '0')}`,
    );
    neighbour.groups = ids.map(group);

    const answer = await route.send('{ groups { id title } }').catch(() => undefined);

    expect(world.calls().radar).toEqual([]);
    behaviour['beyond the cap'] =
      answer === undefined ? GATEWAY_ENDS : countOf(pathOf(answer, 'BAD_USER_INPUT').length);
    expect(behaviour['beyond the cap']).toBe(expected['beyond the cap']);
    if (answer === undefined) return;
    expect(answer.data).toEqual({ groups: ids.map((id) => ({ id, title: null })) });
    expect(answer.errors?.[0]?.message).toContain('must not hold more than 1000 representations in one operation.');
  });
});

const countOf = (errors: number) => (errors === 1 ? '1 error' : `${errors} errors`);

/** How the subgraph was asked: the operations, and the aliases of `_entities` in each. */
function shapeOf(relay: Relay): string {
  const requests = operationsOf(relay);
  const aliases = requests.map(({ query }) => query.split('_entities(').length - 1);
  const fields = aliases.reduce((sum, count) => sum + count, 0);
  return `${requests.length} ${requests.length === 1 ? 'request' : 'requests'}, ${fields} \`_entities\``;
}

describe('the page about entities', () => {
  it('says what was seen in this run', async () => {
    await expectPublished(`gateways/entities${tableSuffix}.md`, entitiesPage(observed));
  });
});
