import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { because, refusedError } from '../support/input-refusal.ts';
import { startWorld, type World } from '../support/world.ts';

const patch = 'PATCH /api/v1/V-Ciso/incidents/3071/1024';
const put = 'PUT /cruddy/v2/incident_groups/update';
const groupId = seedIds.emptyGroup;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
  world.aegister.putIncident({ organization_id: 3071, id: 1024, title: 'Before', status: 'draft' });
  world.radar.putGroup({ id: groupId, title: 'Before' });
});
afterAll(() => world.close());

const incidentField = (alias: string, changes: string): string =>
  `${alias}: updateIncident(input: { organizationId: "3071", id: "1024", ${changes} }) { incident { title status } }`;
const groupField = (alias: string, changes: string): string =>
  `${alias}: updateIncidentGroup(input: { id: "${groupId}", ${changes} }) { incidentGroup { title } }`;

it('runs the writes of one operation one after the other, in the order of the document', async () => {
  const held = fault.hold({ applyOn: 'release' });
  world.aegister.faults.once(held);
  const fields = [
    incidentField('first', 'title: "One"'),
    groupField('second', 'title: "Two"'),
    incidentField('third', 'title: "Three"'),
  ];
  const answer = world.send(`mutation { ${fields.join('\n')} }`);
  await held.arrived;
  // The first write has no answer yet, so none of the others may be under way.
  expect(world.calls()).toEqual({ aegister: [patch], radar: [] });
  held.release();
  expect(await answer).toMatchObject({
    data: {
      first: { incident: { title: 'One' } },
      second: { incidentGroup: { title: 'Two' } },
      third: { incident: { title: 'Three' } },
    },
    errors: undefined,
  });
  expect(world.aegister.requests.map(({ body }) => body)).toEqual(['{"title":"One"}', '{"title":"Three"}']);
  expect(world.radar.requests.map(({ body }) => body)).toEqual([`{"title":"Two","id":"${groupId}"}`]);
  expect(world.aegister.maxInFlight).toBe(1);
  expect(world.aegister.incident(3071, 1024)?.title).toBe('Three');
});

it('keeps both answers of two writes to one record, each with the state after its own', async () => {
  const fields = [incidentField('first', 'title: "One"'), incidentField('second', 'status: SUBMITTED')];
  const { data, errors } = await world.send(`mutation { ${fields.join('\n')} }`);
  expect({ data, errors }).toEqual({
    data: {
      first: { incident: { title: 'One', status: 'DRAFT' } },
      second: { incident: { title: 'One', status: 'SUBMITTED' } },
    },
    errors: undefined,
  });
});

it('applies the writes around one whose input is refused here', async () => {
  const fields = [
    incidentField('first', 'title: "One"'),
    groupField('second', 'title: null'),
    incidentField('third', 'status: SUBMITTED'),
  ];
  const { status, data, errors } = await world.send(`mutation { ${fields.join('\n')} }`);
  expect({ status, data, errors }).toEqual({
    status: 200,
    data: {
      first: { incident: { title: 'One', status: 'DRAFT' } },
      second: null,
      third: { incident: { title: 'One', status: 'SUBMITTED' } },
    },
    errors: [refusedError('second', [{ path: ['input', 'title'], message: because.null }])],
  });
  expect(world.calls()).toEqual({ aegister: [patch, patch], radar: [] });
  expect(world.radar.group(groupId)?.title).toBe('Before');
});

it('applies a write after one that its backend refused', async () => {
  world.radar.putGroup({ id: seedIds.ransomwareGroup, title: 'Taken' });
  const fields = [groupField('first', 'title: "Taken"'), incidentField('second', 'title: "Two"')];
  const { status, data, errors } = await world.send(`mutation { ${fields.join('\n')} }`);
  expect({ status, data, errors }).toEqual({
    status: 200,
    data: { first: null, second: { incident: { title: 'Two', status: 'DRAFT' } } },
    errors: [
      {
        message: 'The update conflicts with existing data; nothing was changed.',
        locations: [{ line: 1, column: 12 }],
        path: ['first'],
        extensions: {
          code: 'CONFLICT',
          retryable: false,
          outcome: 'NOT_APPLIED',
          issues: expect.arrayContaining([expect.objectContaining({ path: ['input', 'title'] })]) as unknown,
          upstream: { name: 'radar', status: 409, code: '409' },
          correlationId: expect.any(String) as unknown,
        },
      },
    ],
  });
  expect(world.calls()).toEqual({ aegister: [patch], radar: [put] });
});

it('keeps the answer of a write when a later one fails', async () => {
  const gone = 'updateIncident(input: { organizationId: "3071", id: "999999", title: "x" }) { incident { id } }';
  const { status, data, errors } = await world.send(
    `mutation { ${groupField('first', 'title: "One"')} second: ${gone} ${groupField('third', 'description: "Three"')} }`,
  );
  expect({ status, data }).toEqual({
    status: 200,
    data: {
      first: { incidentGroup: { title: 'One' } },
      second: null,
      third: { incidentGroup: { title: 'One' } },
    },
  });
  expect(errors).toMatchObject([{ path: ['second'], extensions: { code: 'NOT_FOUND', outcome: 'NOT_APPLIED' } }]);
  expect(world.radar.group(groupId)).toMatchObject({ title: 'One', description: 'Three' });
});

it('gives each of two refused writes its own error', async () => {
  const fields = [groupField('first', 'title: null'), groupField('second', 'relations: {}')];
  const { data, errors } = await world.send(`mutation { ${fields.join('\n')} }`);
  expect({ data, errors }).toEqual({
    data: { first: null, second: null },
    errors: [
      refusedError('first', [{ path: ['input', 'title'], message: because.null }]),
      refusedError('second', [{ path: ['input'], message: because.nothing, code: 'NOTHING_TO_CHANGE' }]),
    ],
  });
  expect(world.calls()).toEqual({ aegister: [], radar: [] });
});
