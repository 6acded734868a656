import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { callsTo, expectFailure, radarTarget, send } from '../support/failing-calls.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

it.each([{ errors: ['bad'] }, { errors: 'bad' }, { errors: { title: ['bad'] } }])(
  'a group beside %j is UPSTREAM_BAD_RESPONSE with outcome UNKNOWN, sent once',
  async (beside) => {
    world.radar.faults.always(fault.lie(beside));
    expectFailure(await send(world, radarTarget, 'write'), radarTarget, 'write', {
      code: 'UPSTREAM_BAD_RESPONSE',
      retryable: false,
      outcome: 'UNKNOWN',
      upstream: { status: 200, code: null },
    });
    expect(callsTo(world, radarTarget)).toHaveLength(1);
  },
);

it.each([{ errors: [] }, { errors: null }])('a group beside %j is a success', async (beside) => {
  world.radar.faults.always(fault.lie(beside));
  expect((await send(world, radarTarget, 'write')).errors).toBeUndefined();
});
