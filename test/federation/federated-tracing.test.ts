import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed.ts';
import { vcisoFailure } from '../stand-ins/vendor-envelopes.ts';
import { ftv1Of, traceOf } from '../support/federated-trace.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import { AEGISTER_TOKEN, RADAR_API_KEY, type GraphQLAnswer, type World } from '../support/world.ts';

const READ = '{ incident(organizationId: 3071, id: 1024) { title incidentGroup { name: title } } }';
const UPDATE = `mutation {
  first: updateIncident(input: { organizationId: 3071, id: 1024, title: "T" }) { incident { title } }
  second: updateIncidentGroup(input: { id: "${seedIds.emptyGroup}", title: null }) { incidentGroup { title } }
}`;
const ENTITIES = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on IncidentGroup { title } } }';
const ROUTER = { 'apollo-federation-include-trace': 'ftv1' };

let world: World;
beforeAll(async () => {
  world = await startSeededWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

/** Whatever must not be in a trace, looked for in its bytes, which hold all texts as they are. */
function leaks(answer: GraphQLAnswer): readonly string[] {
  const bytes = Buffer.from(ftv1Of(answer.text) ?? '', 'base64').toString('latin1');
  const hosts = [world.aegister, world.radar].map(({ url }) => new URL(url).host);
  const sentences = (answer.errors ?? []).map(({ message }) => message);
  const hidden = [AEGISTER_TOKEN, RADAR_API_KEY, ...hosts, '127.0.0.1', 'canary', ...sentences];
  expect(bytes).not.toBe('');
  return hidden.filter((text) => bytes.includes(text));
}

const masked = (path: readonly (string | number)[]) => ({
  message: '<masked>',
  json: {
    message: '<masked>',
    locations: [{ line: expect.any(Number) as unknown, column: expect.any(Number) as unknown }],
    path,
    extensions: { maskedBy: 'ApolloServerPluginInlineTrace' },
  },
});

describe('a federated trace', () => {
  it.each([[{}], [{ 'apollo-federation-include-trace': '1' }], [{ 'apollo-federation-include-trace': '' }]])(
    'is not there with %j',
    async (headers) => {
      expect(ftv1Of((await world.send(READ, {}, headers)).text)).toBeUndefined();
    },
  );

  it('has a node for every field of a query, with its type and its time', async () => {
    const answer = await world.send(READ, {}, ROUTER);

    const { trace, fields } = traceOf(answer.text);
    expect(fields).toEqual([
      {
        name: 'incident',
        type: 'Incident',
        children: [
          { name: 'title', type: 'String' },
          { name: 'incidentGroup', type: 'IncidentGroup', children: [{ name: 'name', type: 'String' }] },
        ],
      },
    ]);
    expect(trace.durationNs).toBeGreaterThan(0);
    expect(trace.root?.child?.[0]?.endTime).toBeGreaterThan(trace.root?.child?.[0]?.startTime ?? Infinity);
    expect(leaks(answer)).toEqual([]);
  });

  it('has a node for every element of a list', async () => {
    const query = `{ serviceAssetFindingsByEvent(eventId: "${seedIds.mailGatewayEvent}") { id } }`;

    const { fields } = traceOf((await world.send(query, {}, ROUTER)).text);

    const element = (name: number) => ({ name, children: [{ name: 'id', type: 'ID!' }] });
    expect(fields).toEqual([
      { name: 'serviceAssetFindingsByEvent', type: '[ServiceAssetFinding]', children: [element(0), element(1)] },
    ]);
  });

  it('says where a query failed, and nothing of what failed', async () => {
    world.aegister.faults.always(fault.rewrite(() => vcisoFailure(200, 'canary-upstream-text')));

    const answer = await world.send(READ, {}, ROUTER);

    expect(traceOf(answer.text).fields).toEqual([
      { name: 'incident', type: 'Incident', errors: [masked(['incident'])] },
    ]);
    expect(answer.text).toContain('canary-upstream-text');
    expect(leaks(answer)).toEqual([]);
  });

  it('says which write of a mutation failed, and nothing of why', async () => {
    world.aegister.faults.always(fault.rewrite(() => vcisoFailure(200, 'canary-upstream-text')));

    const answer = await world.send(UPDATE, {}, ROUTER);

    expect(traceOf(answer.text).fields).toEqual([
      { name: 'first', type: 'UpdateIncidentPayload', errors: [masked(['first'])] },
      { name: 'second', type: 'UpdateIncidentGroupPayload', errors: [masked(['second'])] },
    ]);
    expect(leaks(answer)).toEqual([]);
  });

  it('says which entity failed, and nothing of why', async () => {
    const ids = [seedIds.phishingGroup, seedIds.emptyGroup, 'canary-id'];
    world.radar.faults.always(fault.html(500), { path: `/cruddy/v2/incident_groups/${seedIds.emptyGroup}` });
    const representations = ids.map((id) => ({ __typename: 'IncidentGroup', id }));

    const answer = await world.send(ENTITIES, { r: representations }, ROUTER);

    const [entities] = traceOf(answer.text).fields;
    expect(entities).toEqual({
      name: '_entities',
      type: '[_Entity]!',
      children: [
        { name: 0, children: [{ name: 'title', type: 'String' }] },
        { name: 1, errors: [masked(['_entities', 1])] },
        { name: 2, errors: [masked(['_entities', 2])] },
      ],
    });
    expect(leaks(answer)).toEqual([]);
  });

  it('holds no address where a backend is not there', async () => {
    await world.radar.stop();
    const answer = await world.send(`{ incidentGroup(id: "${seedIds.emptyGroup}") { title } }`, {}, ROUTER);
    await world.radar.restart();

    expect(traceOf(answer.text).fields).toEqual([
      { name: 'incidentGroup', type: 'IncidentGroup', errors: [masked(['incidentGroup'])] },
    ]);
    expect(leaks(answer)).toEqual([]);
  });

  it('changes nothing of the errors themselves', async () => {
    world.aegister.faults.always(fault.rewrite(() => vcisoFailure(200, 'canary-upstream-text')));
    const plain = await world.send(READ);
    const traced = await world.send(READ, {}, ROUTER);

    const correlationId: unknown = expect.any(String);
    expect(plain.errors).toHaveLength(1);
    expect(traced.errors).toEqual(
      plain.errors?.map((error) => ({ ...error, extensions: { ...error.extensions, correlationId } })),
    );
  });
});
