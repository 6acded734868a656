import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSchemaFiles } from '../../src/schema-files.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { ftv1Of, traceOf } from '../support/federated-trace.ts';
import type { Configuration, Route } from '../support/gateways/gateway.ts';
import { gateways, tableSuffix } from '../support/gateways/index.ts';
import { hive, hiveGateway } from '../support/gateways/hive.ts';
import { startRelay, type Relay } from '../support/gateways/relay.ts';
import { markdownTable } from '../support/markdown-table.ts';
import { expectPublished } from '../support/published-page.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const CLIENT = {
  traceparent: TRACEPARENT,
  tracestate: 'vendor=canary-tracestate',
  baggage: 'user=canary-baggage',
  authorization: 'Bearer canary-authorization',
  'x-correlation-id': 'client-17',
  'apollo-federation-include-trace': 'ftv1',
} as const;
const NAMES = Object.keys(CLIENT) as (keyof typeof CLIENT)[];

/** Both backends, and each more than once. */
const READ = `{
  one: incident(organizationId: "3071", id: "1024") { title incidentGroup { title } }
  two: incident(organizationId: "3071", id: "1025") { title }
  group: incidentGroup(id: "${seedIds.phishingGroup}") { title }
}`;
const WRITE = `mutation {
  one: updateIncident(input: { organizationId: "3071", id: "1024", title: "T" }) { incident { title } }
  two: updateIncidentGroup(input: { id: "${seedIds.phishingGroup}", description: "D" }) { incidentGroup { title } }
}`;

const REFUSED = '{ incident(organizationId: "x", id: "1") { id } }';

/** What a gateway passes on to this service, of what a client sends it. */
const PASSED_ON: Readonly<Record<Configuration, readonly string[]>> = {
  default: [],
  // `authorization` for tokens that this service checks itself; it goes no further.
  recommended: ['traceparent', 'x-correlation-id', 'authorization'],
};

const seen = new Map<string, ReadonlySet<string>>();
const setups = gateways
  .filter(({ name }) => name !== 'direct')
  .flatMap((gateway) => (['default', 'recommended'] as const).map((configuration) => ({ gateway, configuration })));

describe.each(setups)('headers of a client, $gateway.name, $configuration', ({ gateway, configuration }) => {
  let world: World;
  let relay: Relay;
  let route: Route;
  const isRecommended = configuration === 'recommended';
  beforeAll(async () => {
    world = await startSeededWorld();
    relay = await startRelay(world.url);
    route = await gateway.start([{ name: 'incidents', sdl: readSchemaFiles(), url: relay.line.url }], configuration);
  });
  beforeEach(() => {
    world.reset();
    relay.line.clearRequests();
  });
  afterAll(async () => {
    await route.close();
    await Promise.all([relay.line.close(), world.close()]);
  });

  const upstream = () => [...world.aegister.requests, ...world.radar.requests];
  const traceparents = () => new Set(upstream().map(({ headers }) => headers['traceparent']));

  it('reach this service as configured, and none besides', async () => {
    await route.send(READ, {}, CLIENT);

    expect(relay.line.requests.length).toBeGreaterThan(0);
    for (const { headers } of relay.line.requests) {
      const passed = NAMES.filter((name) => headers[name] === CLIENT[name]);
      seen.set(`${gateway.name}, ${configuration}`, new Set(passed));
      expect(passed.toSorted()).toEqual(PASSED_ON[configuration].toSorted());
      expect(NAMES.filter((name) => name in headers).toSorted()).toEqual(passed.toSorted());
    }
  });

  it.each([
    ['query', READ, 4],
    ['mutation', WRITE, 2],
  ])('leave the same traceparent in every upstream call of a %s, and nothing else', async (_kind, operation, calls) => {
    const answer = await route.send(operation, {}, CLIENT);

    expect(answer.errors).toBeUndefined();
    expect(upstream()).toHaveLength(calls);
    expect([world.aegister.requests.length, world.radar.requests.length]).not.toContain(0);
    expect(traceparents()).toEqual(new Set([isRecommended ? TRACEPARENT : undefined]));
    const rest = upstream().map(({ rawHeaders }) => rawHeaders.join('\n'));
    expect(rest.filter((text) => /canary-(?:tracestate|baggage|authorization)|client-17|ftv1/.test(text))).toEqual([]);
  });

  it.each(['00-zz', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, `${TRACEPARENT}-extra`])(
    'leave nothing upstream of a traceparent that is none: %s',
    async (traceparent) => {
      expect((await route.send(READ, {}, { traceparent })).errors).toBeUndefined();
      expect(traceparents()).toEqual(new Set([undefined]));
    },
  );

  it('name the operation in errors and log lines by the correlation id of the client, where it is passed on', async () => {
    const headers = { ...CLIENT, 'x-correlation-id': 'client-18' };
    const answer = await route.send(REFUSED, {}, headers);

    const [id] = (answer.errors ?? []).map(({ extensions }) => extensions['correlationId']);
    expect(id).toEqual(isRecommended ? 'client-18' : expect.stringMatching(/^[0-9a-f-]{36}$/));
    const logged = world.logLines.map((line) => (JSON.parse(line) as { correlationId?: string }).correlationId);
    expect(logged.filter((one) => one === id)).toHaveLength(1);
  });

  it('ask for no trace, and bring no response header back', async () => {
    const answer = await route.send(REFUSED, {}, CLIENT);

    expect(relay.answers.map(ftv1Of).filter((trace) => trace !== undefined)).toEqual([]);
    expect(answer.headers.get('x-correlation-id')).toBeNull();
  });
});

const ASK = { propagateHeaders: { fromClientToSubgraphs: () => ({ 'apollo-federation-include-trace': 'ftv1' }) } };
const asking = [hiveGateway(hive.name, ASK), hiveGateway('with the Rust planner', { ...ASK, unifiedGraphHandler })];

describe.each(asking)('a gateway that asks for traces itself, $name', (gateway) => {
  it('gets one with each answer, masked, and hands none on to the client', async () => {
    const world = await startSeededWorld();
    const relay = await startRelay(world.url);
    const subgraphs = [{ name: 'incidents', sdl: readSchemaFiles(), url: relay.line.url }];
    const route = await gateway.start(subgraphs, 'default');

    const answer = await route.send(REFUSED);

    expect(relay.answers).toHaveLength(1);
    expect(traceOf(relay.answers[0] ?? '').fields).toMatchObject([
      { name: 'incident', type: 'Incident', errors: [{ message: '<masked>' }] },
    ]);
    expect(answer.errors).toHaveLength(1);
    expect(answer.text).not.toContain('ftv1');
    await route.close();
    await Promise.all([relay.line.close(), world.close()]);
  });
});

const INTRO = `# Headers of a client, through gateways

Which headers of a client a gateway passes on to this service, as \`test/gateways/request-headers.test.ts\` saw it. As it comes, no gateway
passes on any of these; with its file in [federation/routers](../../federation/routers) ("recommended"), it passes on those that this service reads.`;

const NOTES = `Of all these, only a valid \`traceparent\` goes on from here, the same in every call to both backends. \`x-correlation-id\` names the operation in
errors and log lines; the gateways do not hand back the response header of that name, so a client that wants to know it sends its own or reads
\`extensions.correlationId\` of an error. A gateway that wants traces sends \`apollo-federation-include-trace: ftv1\` itself, whatever the client
sends, and gets them without error texts; Hive Gateway hands none on to the client.`;

describe('the page about headers', () => {
  it('says what was seen in this run', async () => {
    const rows = NAMES.map((name) => [
      `\`${name}\``,
      ...[...seen.values()].map((passed) => (passed.has(name) ? 'passed on' : '-')),
    ]);
    const table = markdownTable([['header', ...seen.keys()], ...rows]);
    await expectPublished(`gateways/request-headers${tableSuffix}.md`, [INTRO, table, NOTES].join('\n\n'));
  });
});
