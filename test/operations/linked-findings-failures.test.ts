import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import type { JsonValue } from '../stand-ins/json.ts';
import { expectAnswer, failed, readError, savedError, unusable } from '../support/expected-answer.ts';
import * as known from '../support/group-with-findings.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const { a, b, c, PUT, GET_GROUP, groupId } = known;
const LIST = 'serviceAssetFindings';
const READ_PATH = ['incidentGroup', LIST];
const WRITE_PATH = ['updateIncidentGroup', 'incidentGroup', LIST];
const findingPath = ({ id }: { readonly id: string }) => ({ path: `/cruddy/v2/service_asset_findings/${id}` });
const groupPath = { path: `/cruddy/v2/incident_groups/${groupId}` };

let world: World;
beforeAll(async () => {
  world = await startSeededWorld({ RADAR_TIMEOUT_MS: '1500' });
});
beforeEach(() => {
  world.reset();
  known.putGroupWithFindings(world);
  world.radar.putGroup({ id: groupId, service_asset_findings: [a.id, b.id, c.id] });
});
afterAll(() => world.close());

describe('an element of serviceAssetFindings', () => {
  beforeEach(() => {
    world.radar.relationsInReadAnswer = 'ids';
  });

  it('is null without an error when there is no such finding, and its neighbours stay', async () => {
    world.radar.removeFinding(b.id);

    const answer = await known.readGroup(world, `title ${LIST} { id title }`);

    expectAnswer(answer, { incidentGroup: { title: 'the group', [LIST]: [a, null, c] } });
  });

  it('is null with an error at its index when it cannot be read, and its neighbours stay', async () => {
    world.radar.faults.once(fault.answer(500), findingPath(b));

    const answer = await known.readGroup(world, `title ${LIST} { id title }`);

    const error = readError([...READ_PATH, 1], failed('radar'));
    expectAnswer(answer, { incidentGroup: { title: 'the group', [LIST]: [a, null, c] } }, error);
  });

  it('is null with an error at its index when the backend answers with another finding', async () => {
    world.radar.faults.once(fault.lie({ id: a.id }), findingPath(b));

    const answer = await known.readGroup(world, `${LIST} { id title }`);

    const error = readError([...READ_PATH, 1], unusable('radar'));
    expectAnswer(answer, { incidentGroup: { [LIST]: [a, null, c] } }, error);
  });

  it('fails after a write with outcome APPLIED, without harm to its neighbours or to the group', async () => {
    world.radar.removeFinding(a.id);
    world.radar.faults.once(fault.answer(500), findingPath(c));

    const answer = await known.updateGroup(world, `title ${LIST} { id title }`);

    const error = savedError([...WRITE_PATH, 2], failed('radar'));
    const incidentGroup = { title: 'new title', [LIST]: [null, b, null] };
    expectAnswer(answer, { updateIncidentGroup: { incidentGroup } }, error);
  });

  it.each<[string, JsonValue]>([
    ['null', null],
    ['a number', 7],
    ['true', true],
    ['empty text', ''],
    ['a list', [a.id]],
    ['an object without an id', { title: 'nameless' }],
    ['an empty object', {}],
    ['an object with a number for an id', { id: 7, title: 'seven' }],
    ['an object with an empty id', { id: '', title: 'nobody' }],
  ])('is null with an error at its index when it is %s', async (_case, element) => {
    world.radar.faults.always(fault.lie({ service_asset_findings: [{ ...a }, element, { ...c }] }));

    const read = await known.readGroup(world, `${LIST} { id title }`);
    const readIds = await known.readGroup(world, `${LIST} { id }`);
    const written = await known.updateGroup(world, `title ${LIST} { id title }`);

    const error = readError([...READ_PATH, 1], unusable('radar'));
    expectAnswer(read, { incidentGroup: { [LIST]: [a, null, c] } }, error);
    expectAnswer(readIds, { incidentGroup: { [LIST]: [{ id: a.id }, null, { id: c.id }] } }, error);
    const incidentGroup = { title: 'new title', [LIST]: [a, null, c] };
    expectAnswer(
      written,
      { updateIncidentGroup: { incidentGroup } },
      savedError([...WRITE_PATH, 1], unusable('radar')),
    );
  });

  it.each(['7', 'finding-7', '../incident_groups/update', `${b.id}?relations=finding`])(
    'answers the id %j, but never makes an address of it',
    async (id) => {
      world.radar.faults.always(fault.lie({ service_asset_findings: [id, a.id] }), groupPath);

      const ids = await known.readGroup(world, `${LIST} { id }`);
      const whole = await known.readGroup(world, `${LIST} { id title }`);

      expectAnswer(ids, { incidentGroup: { [LIST]: [{ id }, { id: a.id }] } });
      const error = readError([...READ_PATH, 0], unusable('radar'));
      expectAnswer(whole, { incidentGroup: { [LIST]: [null, a] } }, error);
      expect(world.calls().radar).toEqual([GET_GROUP, GET_GROUP, known.getFinding(a)]);
    },
  );

  it('with an id that is no UUID is whole when the backend sends it whole', async () => {
    const strange = { id: 'finding-7', title: 'finding seven' };
    world.radar.faults.once(fault.lie({ service_asset_findings: ['finding-7'] }), { method: 'PUT' });
    world.radar.faults.once(fault.lie({ service_asset_findings: [strange] }), { method: 'GET' });

    const answer = await known.updateGroup(world, `${LIST} { id title }`);

    expectAnswer(answer, { updateIncidentGroup: { incidentGroup: { [LIST]: [strange] } } });
    expect(world.calls().radar).toEqual([PUT, GET_GROUP]);
  });
});

describe('serviceAssetFindings that cannot be read after a write', () => {
  const unread = { updateIncidentGroup: { incidentGroup: { id: groupId, title: 'new title', [LIST]: null } } };
  const send = () => known.updateGroup(world, `id title ${LIST} { id title }`);

  it.each([
    ['fails', fault.answer(500), failed('radar')],
    ['answers a page', fault.html(200), unusable('radar')],
    ['answers half a JSON text', fault.malformedJson(), unusable('radar')],
    ['answers with another group', fault.lie({ id: a.id }), unusable('radar')],
    ['holds null for its findings', fault.lie({ service_asset_findings: null }), unusable('radar')],
    ['holds {} for its findings', fault.lie({ service_asset_findings: {} }), unusable('radar')],
    ['does not mention its findings', fault.lie({ service_asset_findings: undefined }), unusable('radar')],
    [
      'refuses the credential',
      fault.answer(401),
      {
        code: 'UPSTREAM_AUTH_FAILED',
        retryable: false,
        message: 'The backend refused the credential of this service.',
        upstream: { name: 'radar', status: 401, code: null } as const,
      },
    ],
    [
      'does not come in time',
      fault.hangBeforeHeaders(),
      {
        code: 'UPSTREAM_TIMEOUT',
        retryable: true,
        message: 'The backend did not answer in time.',
        upstream: { name: 'radar', status: null, code: null } as const,
      },
    ],
  ])(
    'are null with outcome APPLIED and not retryable when the read of the group %s',
    async (_case, spoilt, failure) => {
      world.radar.relationsInWriteAnswer = 'null';
      world.radar.faults.always(spoilt, groupPath);

      const answer = await send();

      expectAnswer(answer, unread, savedError(WRITE_PATH, failure));
      expect(world.calls().radar).toEqual([PUT, GET_GROUP]);
      expect(world.radar.group(groupId)?.title).toBe('new title');
    },
  );

  it('carry the delay that the backend asks for, and still are not retryable', async () => {
    world.radar.faults.always(fault.answer(429, { 'retry-after': '60' }), groupPath);

    const answer = await send();

    expect(answer.data).toEqual(unread);
    expect(answer.errors).toEqual([
      {
        message: 'The change was saved, but this field could not be read. The backend asks for fewer requests.',
        locations: [{ line: expect.any(Number) as unknown, column: expect.any(Number) as unknown }],
        path: WRITE_PATH,
        extensions: {
          code: 'RATE_LIMITED',
          retryable: false,
          outcome: 'APPLIED',
          upstream: { name: 'radar', status: 429, code: null },
          retryAfterMs: 60_000,
          correlationId: answer.headers.get('x-correlation-id'),
        },
      },
    ]);
  });

  it('are null with outcome APPLIED when the group is gone by then, and the payload stays', async () => {
    world.radar.relationsInWriteAnswer = 'null';
    world.radar.faults.once(fault.answer(404, {}, { error: 'Not Found', error_code: 404 }), groupPath);

    const answer = await send();

    expect(answer.data).toEqual(unread);
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors?.[0]).toMatchObject({
      path: WRITE_PATH,
      extensions: { code: 'UPSTREAM_BAD_RESPONSE', retryable: false, outcome: 'APPLIED' },
    });
  });

  it('fail at both paths when asked for twice, after one read', async () => {
    world.radar.relationsInWriteAnswer = 'null';
    world.radar.faults.once(fault.answer(500), groupPath);

    const answer = await known.updateGroup(world, `title x: ${LIST} { id } y: ${LIST} { title }`);

    const [root, link] = ['updateIncidentGroup', 'incidentGroup'];
    expectAnswer(
      answer,
      { updateIncidentGroup: { incidentGroup: { title: 'new title', x: null, y: null } } },
      savedError([root, link, 'x'], failed('radar')),
      savedError([root, link, 'y'], failed('radar')),
    );
    expect(world.calls().radar).toEqual([PUT, GET_GROUP]);
  });

  it('do not spoil a second mutation field of the operation', async () => {
    world.radar.relationsInWriteAnswer = 'null';
    world.radar.faults.once(fault.answer(500), groupPath);

    const answer = await world.send(`mutation {
      one: updateIncidentGroup(input: { id: "${groupId}", title: "one" }) { incidentGroup { title ${LIST} { id } } }
      two: updateIncidentGroup(input: { id: "${groupId}", title: "two" }) { incidentGroup { title ${LIST} { id } } }
    }`);

    const ids = [a, b, c].map(({ id }) => ({ id }));
    const one = { incidentGroup: { title: 'one', [LIST]: null } };
    const two = { incidentGroup: { title: 'two', [LIST]: ids } };
    expectAnswer(answer, { one, two }, savedError(['one', 'incidentGroup', LIST], failed('radar')));
    expect(world.calls().radar).toEqual([PUT, GET_GROUP, PUT, GET_GROUP]);
  });
});
