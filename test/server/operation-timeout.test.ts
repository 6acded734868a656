import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { aegisterTarget, expectFailure, expectSuccess, radarTarget, send, targets } from '../support/failing-calls.ts';
import { startWorld, type World } from '../support/world.ts';

const HEADER = 'x-operation-timeout-ms';
const NO_ANSWER = { upstream: { status: null, code: null } };
const GROUP = '8dd797f6-9edf-4860-92c7-8e43f2be3a91';

describe(`an operation whose caller sends ${HEADER}`, () => {
  let patient: World;
  let hurried: World;
  beforeAll(async () => {
    // Without the header these calls would end after ten minutes, which no test survives.
    const tenMinutes = '600000';
    patient = await startWorld({
      OPERATION_TIMEOUT_MS: tenMinutes,
      AEGISTER_TIMEOUT_MS: tenMinutes,
      RADAR_TIMEOUT_MS: tenMinutes,
    });
    hurried = await startWorld({ OPERATION_TIMEOUT_MS: '150' });
  });
  beforeEach(() => {
    for (const world of [patient, hurried]) {
      world.reset();
      for (const target of targets) target.prepare(world);
    }
  });
  afterAll(() => Promise.all([patient.close(), hurried.close()]));

  it.each(targets)('ends when that time is over, at $name', async (target) => {
    target.standIn(patient).faults.always(fault.hangBeforeHeaders({ applied: true }));
    expectFailure(await send(patient, target, 'read', { [HEADER]: '1000' }), target, 'read', {
      code: 'UPSTREAM_TIMEOUT',
      retryable: true,
      ...NO_ANSWER,
    });
    expectFailure(await send(patient, target, 'write', { [HEADER]: '1000' }), target, 'write', {
      code: 'UPSTREAM_TIMEOUT',
      retryable: false,
      outcome: 'UNKNOWN',
      ...NO_ANSWER,
    });
  });

  it.each(['151', '600000', '9'.repeat(400)])('is not given more time than the service allows by %s', async (value) => {
    hurried.radar.faults.always(fault.hangBeforeHeaders());
    const answer = await send(hurried, radarTarget, 'read', { [HEADER]: value });
    expectFailure(answer, radarTarget, 'read', { code: 'UPSTREAM_TIMEOUT', retryable: true, ...NO_ANSWER });
  });

  it('succeeds like any other within it', async () => {
    expectSuccess(await send(patient, aegisterTarget, 'write', { [HEADER]: '600001' }), aegisterTarget.write);
  });

  it.each(['', '0', '-1', '1.5', '1e3', '0x10', '007', 'soon', '100, 200', '100ms', '١'])(
    'is refused before anything runs when the value is %j',
    async (value) => {
      const text = Buffer.from(value).toString('latin1');
      const answer = await send(patient, aegisterTarget, 'write', { [HEADER]: text });
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        400,
        {
          errors: [
            {
              message: `The header ${HEADER} must be whole milliseconds, 1 or more.`,
              extensions: {
                code: 'BAD_REQUEST',
                retryable: false,
                correlationId: answer.headers.get('x-correlation-id'),
              },
            },
          ],
        },
      ]);
      expect(patient.calls()).toEqual({ aegister: [], radar: [] });
    },
  );
});

describe('the time of an operation', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  beforeEach(() => {
    world.reset();
    aegisterTarget.prepare(world);
    radarTarget.prepare(world);
  });
  afterAll(() => world.close());

  it('is shared by the root fields of a mutation: what comes after its end is never sent', async () => {
    world.aegister.faults.always(fault.hangBeforeHeaders({ applied: true }));
    const update = (id: number) =>
      `updateIncident(input: { organizationId: 3071, id: ${id}, title: "x" }) { incident { id } }`;
    const query = `mutation { first: ${update(1024)} second: ${update(1025)}
      third: updateIncidentGroup(input: { id: "${GROUP}", title: "x" }) { incidentGroup { id } } }`;

    const { data, errors } = await world.send(query, {}, { [HEADER]: '1000' });

    expect(data).toEqual({ first: null, second: null, third: null });
    expect(errors?.map(({ path, extensions }) => [path?.[0], extensions['code'], extensions['outcome']])).toEqual([
      ['first', 'UPSTREAM_TIMEOUT', 'UNKNOWN'],
      ['second', 'UPSTREAM_TIMEOUT', 'NOT_APPLIED'],
      ['third', 'UPSTREAM_TIMEOUT', 'NOT_APPLIED'],
    ]);
    expect(world.calls()).toEqual({ aegister: [aegisterTarget.writeCall], radar: [] });
  });

  it('is shared by reads in sequence: what the first one used up, the second one lacks', async () => {
    world.aegister.putIncident({ organization_id: 3071, id: 1026, reference_code: GROUP });
    world.radar.putGroup({ id: GROUP, title: 'Linked' });
    const busy = fault.answer(503, { 'retry-after': '1' });
    const linked = '{ incident(organizationId: "3071", id: "1026") { incidentGroup { title } } }';
    const time = { [HEADER]: '1900' };

    world.radar.faults.once(busy);
    const alone = await world.send(linked, {}, time);
    expect([alone.data, world.radar.requests.length]).toEqual([
      { incident: { incidentGroup: { title: 'Linked' } } },
      2,
    ]);

    world.radar.clearRequests();
    world.aegister.faults.once(busy);
    world.radar.faults.once(busy);
    const { data, errors } = await world.send(linked, {}, time);
    expect(data).toEqual({ incident: { incidentGroup: null } });
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE', retryAfterMs: 1000 } }]);
    expect(world.radar.requests).toHaveLength(1);
  });
});
