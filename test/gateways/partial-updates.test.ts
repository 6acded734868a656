import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSchemaFiles } from '../../src/schema-files.ts';
import { outcomeThrough } from '../support/gateways/deviations.ts';
import { edgeCases, edgeQuery, NO_ANSWER, summaryOf, type EdgeCase } from '../support/gateways/edge-updates.ts';
import type { Route } from '../support/gateways/gateway.ts';
import { gateways, tableSuffix } from '../support/gateways/index.ts';
import { outcomeOf } from '../support/gateways/outcome.ts';
import { partialUpdatesPage, type GatewayResults } from '../support/gateways/partial-updates-page.ts';
import { comparable, runCase, waysOf, type Outcomes } from '../support/gateways/update-matrix.ts';
import { updateCases, type UpdateCase } from '../support/partial-update-cases.ts';
import { expectPublished } from '../support/published-page.ts';
import { sendWithVariableText } from '../support/raw-operation.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const results = new Map<string, GatewayResults>();

describe.each(gateways)('partial updates, $name', (gateway) => {
  let world: World;
  let route: Route;
  const updates = new Map<UpdateCase, Outcomes>();
  const edges = new Map<string, string>();
  // Everything is sent here, so that the page below is whole also when only one test is picked.
  beforeAll(async () => {
    world = await startSeededWorld();
    route = await gateway.start([{ name: 'incidents', sdl: readSchemaFiles(), url: world.url }], 'recommended');
    for (const given of updateCases) updates.set(given, await runCase(world, route, given));
    for (const given of edgeCases) edges.set(given.what, await sendEdge(given));
    results.set(gateway.name, { updates, edges });
  }, 120_000);
  afterAll(async () => {
    await route.close();
    await world.close();
  });

  async function sendEdge(given: EdgeCase): Promise<string> {
    world.reset();
    const answer = await sendWithVariableText(route, edgeQuery(given), given.variables ?? '{}').catch(() => undefined);
    return answer === undefined ? NO_ANSWER : summaryOf(outcomeOf(world, answer));
  }

  it.each(updateCases)('$mutation.field with $field: $state', (given) => {
    const outcomes = [...(updates.get(given) ?? [])].map(([way, outcome]) => [way, comparable(given, outcome)]);

    expect(outcomes).toEqual(waysOf(given).map((way) => [way, outcomeThrough(gateway.name, given, way).outcome]));
  });

  it.each(edgeCases)('updateIncident where $what', ({ what, expected, otherwise }) => {
    expect(edges.get(what)).toBe(otherwise?.[gateway.name] ?? expected);
  });
});

describe('the page about partial updates', () => {
  const routes = gateways.map(({ name }) => name).join('; ');
  const intro = `# Partial updates through gateways${tableSuffix === '' ? '' : ': Grafbase'}

Absent, null, empty and a value must stay four different things on their way from a client to a backend, also when a gateway takes a
mutation apart and writes it anew. \`test/gateways/partial-updates.test.ts\` writes this page from what it saw: it sends every row along
every route (${routes}) with the gateways set up [as recommended](README.md) and compares the raw body that the backend received, byte for
byte, with what the contract of this service says. Whatever is not as the contract says fails the test, unless it is listed as a
deviation; a deviation that has gone fails it too.

How to read it: a letter in the column of a route is a way of writing the input in which the row holds. **L**: a literal in the query.
**I**: the whole input as one variable. **F**: one variable per field, not provided where absent. **R**: \`relations\` written out, and its list
\`serviceAssetFindingIds\`, here \`ids\`, as a variable. ~~L~~: the row does not hold that way, see the end of the page. "nothing" means that
neither backend received any request. GROUP, USER, TEAM, A, B and C stand for UUIDs; everything else is shown as it arrived.`;

  it('says what was seen in this run', async () => {
    expect([...results.keys()]).toEqual(gateways.map(({ name }) => name));
    await expectPublished(`gateways/partial-updates${tableSuffix}.md`, partialUpdatesPage(intro, results));
  });
});
