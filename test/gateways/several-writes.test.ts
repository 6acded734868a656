import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readSchemaFiles } from '../../src/schema-files.ts';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import type { Route } from '../support/gateways/gateway.ts';
import { gateways } from '../support/gateways/index.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const groupId = seedIds.emptyGroup;
const incidentField = (alias: string, changes: string): string =>
  `${alias}: updateIncident(input: { organizationId: "3071", id: "1024", ${changes} }) { incident { title status } }`;
const groupField = (alias: string, changes: string): string =>
  `${alias}: updateIncidentGroup(input: { id: "${groupId}", ${changes} }) { incidentGroup { title } }`;
const operation = (...fields: string[]) => `mutation { ${fields.join('\n')} }`;

describe.each(gateways)('several writes in one mutation, $name', (gateway) => {
  let world: World;
  let route: Route;
  beforeAll(async () => {
    world = await startSeededWorld();
    route = await gateway.start([{ name: 'incidents', sdl: readSchemaFiles(), url: world.url }], 'recommended');
  });
  beforeEach(() => {
    world.reset();
    world.aegister.putIncident({ organization_id: 3071, id: 1024, title: 'Before', status: 'draft' });
    world.radar.putGroup({ id: groupId, title: 'Before' });
  });
  afterAll(async () => {
    await route.close();
    await world.close();
  });

  it('run one after the other, in the order of the document', async () => {
    const held = fault.hold({ applyOn: 'release' });
    world.aegister.faults.once(held);
    const answer = route.send(
      operation(
        incidentField('z', 'title: "One"'),
        groupField('m', 'title: "Two"'),
        incidentField('a', 'title: "Three"'),
      ),
    );
    await held.arrived;
    // The first write has no answer yet, so none of the others may be under way.
    expect(world.radar.requests).toEqual([]);
    held.release();

    const { data, errors } = await answer;
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      z: { incident: { title: 'One', status: 'DRAFT' } },
      m: { incidentGroup: { title: 'Two' } },
      a: { incident: { title: 'Three', status: 'DRAFT' } },
    });
    expect(world.aegister.requests.map(({ body }) => body)).toEqual(['{"title":"One"}', '{"title":"Three"}']);
    expect(world.radar.requests.map(({ body }) => body)).toEqual([`{"title":"Two","id":"${groupId}"}`]);
    expect(world.aegister.maxInFlight).toBe(1);
  });

  it('keep apart two that say the same', async () => {
    const twice = [incidentField('first', 'status: SUBMITTED'), incidentField('second', 'status: SUBMITTED')];

    expect((await route.send(operation(...twice))).errors).toBeUndefined();
    expect(world.aegister.requests.map(({ body }) => body)).toEqual([
      '{"status":"submitted"}',
      '{"status":"submitted"}',
    ]);
  });

  it('tell which was applied when one between them is refused here', async () => {
    const { data, errors } = await route.send(
      operation(
        incidentField('first', 'title: "One"'),
        groupField('second', 'title: null'),
        incidentField('third', 'status: SUBMITTED'),
      ),
    );

    expect(data).toEqual({
      first: { incident: { title: 'One', status: 'DRAFT' } },
      second: null,
      third: { incident: { title: 'One', status: 'SUBMITTED' } },
    });
    expect(errors).toMatchObject([
      {
        path: ['second'],
        extensions: {
          code: 'BAD_USER_INPUT',
          outcome: 'NOT_APPLIED',
          retryable: false,
          issues: [{ path: ['input', 'title'] }],
        },
      },
    ]);
    expect(world.aegister.requests.map(({ body }) => body)).toEqual(['{"title":"One"}', '{"status":"submitted"}']);
    expect(world.radar.requests).toEqual([]);
  });

  it('tell which was applied when the backend of one refuses and that of another fails', async () => {
    world.radar.putGroup({ id: seedIds.ransomwareGroup, title: 'Taken' });
    world.aegister.faults.once(fault.answer(500));
    const { data, errors } = await route.send(
      operation(
        groupField('first', 'description: "One"'),
        groupField('second', 'title: "Taken"'),
        incidentField('third', 'title: "Three"'),
        incidentField('fourth', 'title: "Four"'),
      ),
    );

    expect(data).toEqual({
      first: { incidentGroup: { title: 'Before' } },
      second: null,
      third: null,
      fourth: { incident: { title: 'Four', status: 'DRAFT' } },
    });
    const byPath = errors?.toSorted((one, other) => String(one.path).localeCompare(String(other.path)));
    expect(byPath).toMatchObject([
      { path: ['second'], extensions: { code: 'CONFLICT', outcome: 'NOT_APPLIED' } },
      { path: ['third'], extensions: { code: 'UPSTREAM_ERROR', outcome: 'UNKNOWN' } },
    ]);
    // Whoever sent it decides what to repeat; the gateway repeats no write by itself.
    expect(world.calls().radar).toHaveLength(2);
    expect(world.calls().aegister).toHaveLength(2);
  });

  it('send nothing for a field that is skipped', async () => {
    const query = `mutation ($no: Boolean!) { ${incidentField('first', 'title: "One"').replace(' { incident', ' @skip(if: $no) { incident')} }`;

    expect((await route.send(query, { no: true })).errors).toBeUndefined();
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });
});
