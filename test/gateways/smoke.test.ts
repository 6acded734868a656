import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSchemaFiles } from '../../src/schema-files.ts';
import { seedIds } from '../stand-ins/seed.ts';
import { gateways } from '../support/gateways/index.ts';
import type { Route } from '../support/gateways/gateway.ts';
import { startWorld, type World } from '../support/world.ts';

describe.each(gateways)('$name', (gateway) => {
  let world: World;
  let route: Route;
  beforeAll(async () => {
    world = await startWorld();
    route = await gateway.start([{ name: 'incidents', sdl: readSchemaFiles(), url: world.url }], 'recommended');
  });
  afterAll(async () => {
    await route.close();
    await world.close();
  });

  it('reads a group, and carries the trace of the client to the backend', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const answer = await route.send(
      'query ($id: ID!) { incidentGroup(id: $id) { title user { id } } }',
      { id: seedIds.phishingGroup },
      { traceparent, 'x-correlation-id': 'abc-1' },
    );

    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({
      incidentGroup: { title: 'Phishing wave, payroll', user: { id: seedIds.dayAnalyst } },
    });
    expect(world.radar.requests[0]?.headers['traceparent']).toBe(traceparent);
  });
});
