import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Lies } from '../stand-ins/answer-faults.ts';
import { fault } from '../stand-ins/faults.ts';
import { callsTo, expectFailure, radarTarget, send } from '../support/failing-calls.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

it.each<Lies>([
  { errors: ['bad'] },
  { errors: 'bad' },
  { errors: { title: ['bad'] } },
  // Found by test/fuzz/hostile-answers.test.ts: a zero at the beginning is not yet a code of 0.
  { error_code: '0000000000000000011002' },
  { error_code: '0.5' },
  { error_code: '0x5' },
  { error_code: [0, 11002] },
  { error_code: ['0', '11002 // text'] },
])('a group beside %j is UPSTREAM_BAD_RESPONSE with outcome UNKNOWN, sent once', async (beside) => {
  world.radar.faults.always(fault.lie(beside));
  expectFailure(await send(world, radarTarget, 'write'), radarTarget, 'write', {
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: false,
    outcome: 'UNKNOWN',
    upstream: { status: 200, code: null },
  });
  expect(callsTo(world, radarTarget)).toHaveLength(1);
});

it.each<Lies>([
  { errors: [] },
  { errors: null },
  { error_code: '0 // text' },
  { error_code: [0] },
  { error_code: '00' },
])('a group beside %j is a success', async (beside) => {
  world.radar.faults.always(fault.lie(beside));
  expect((await send(world, radarTarget, 'write')).errors).toBeUndefined();
});
