import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { renderAnswer, type Answer } from '../stand-ins/exchange.ts';
import { fault } from '../stand-ins/faults.ts';
import { judge } from '../support/documented-answers.ts';
import { callsTo, send, targets } from '../support/failing-calls.ts';
import { anySpoil, anyWords } from '../support/fuzz-answers.ts';
import { expectProperty, FUZZ_TIMEOUT } from '../support/fuzz.ts';
import { expectPublicAnswer } from '../support/public-errors.ts';
import { startWatchedWorld, type WatchedWorld } from '../support/watched-world.ts';
import { AEGISTER_TOKEN, RADAR_API_KEY } from '../support/world.ts';

let world: WatchedWorld;
beforeAll(async () => {
  // A breaker that opened would answer in place of the backend.
  world = await startWatchedWorld({ AEGISTER_BREAKER_FAILURES: '0', RADAR_BREAKER_FAILURES: '0' });
});
afterAll(() => world.close());

const anyTarget = fc.constantFrom(...targets);
// Reads are fewer: the service repeats them, after a moment.
const anyMoment = fc.oneof(
  { weight: 5, arbitrary: fc.constant('write') },
  { weight: 1, arbitrary: fc.constant('read') },
);

it(
  'whatever a backend answers, only its documented success is one, and the outcome is as the backend said',
  async () => {
    const kinds = ['success', 'NOT_APPLIED', 'UNKNOWN', 'failed read'];
    await expectProperty({ title: 'hostile answers', runs: 300, kinds }, (count) =>
      fc.asyncProperty(anyTarget, anyMoment, anySpoil, async (target, moment, spoil) => {
        world.reset();
        target.prepare(world);
        const answers: Answer[] = [];
        const standIn = target.standIn(world);
        standIn.faults.always(
          fault.rewrite((honest) => {
            const spoilt = spoil(honest);
            answers.push(spoilt);
            return spoilt;
          }),
        );
        const answer = await send(world, target, moment);
        expect(standIn.failures).toEqual([]);
        expectPublicAnswer(answer);
        expect(answer.status).toBe(200);
        const last = answers.at(-1);
        if (last === undefined) throw new Error('the backend was never asked');
        const told = `${last.status} ${JSON.stringify(last.headers)} ${renderAnswer(last).bytes.toString('latin1')}`;
        const { isSuccess, mayBeSuccess, mayBeRefusal } = judge(target, last);
        const { field } = target[moment];
        const result = (answer.data as Record<string, unknown>)[field];
        const own = answer.errors?.find(({ path }) => path?.length === 1);

        if (result !== null) {
          expect(mayBeSuccess, told).toBe(true);
          count('success');
          return;
        }
        expect(isSuccess, told).toBe(false);
        if (moment === 'read') {
          count(own === undefined ? 'absent record' : 'failed read');
          if (own === undefined) expect(last.status).toBe(404);
          return;
        }
        const { outcome, retryable, code } = own?.extensions ?? {};
        expect(callsTo(world, target)).toHaveLength(1);
        expect(target.isWritten(world)).toBe(true);
        // Under 200 it takes a plain word to be believed; what is not plain may be UNKNOWN.
        if (last.status !== 200 || outcome !== 'UNKNOWN') {
          expect(outcome, told).toBe(mayBeRefusal ? 'NOT_APPLIED' : 'UNKNOWN');
        }
        expect(retryable).toBe(code === 'RATE_LIMITED' || code === 'UPSTREAM_UNAVAILABLE');
        count(outcome === 'UNKNOWN' ? 'UNKNOWN' : 'NOT_APPLIED');
      }),
    );
  },
  FUZZ_TIMEOUT,
);

it(
  'no secret and no address gets out, whatever words a backend puts around it',
  async () => {
    const hosts = [world.aegister, world.radar].map(({ url }) => new URL(url).host);
    const words = [AEGISTER_TOKEN, RADAR_API_KEY, ...hosts, AEGISTER_TOKEN.toUpperCase()];
    await expectProperty({ title: 'words of a backend', runs: 150, kinds: ['issues', 'no issues'] }, (count) =>
      fc.asyncProperty(
        anyTarget,
        anyWords(words),
        fc.constantFrom(200, 400, 409, 422, 500),
        async (target, spoil, status) => {
          world.reset();
          target.prepare(world);
          target.standIn(world).faults.always(fault.rewrite((honest) => ({ ...spoil(honest), status })));
          const answer = await send(world, target, 'write');
          expectPublicAnswer(answer);
          expect(answer.errors).toHaveLength(1);
          count(answer.errors?.[0]?.extensions['issues'] === undefined ? 'no issues' : 'issues');
          const lower = answer.text.toLowerCase();
          expect(words.filter((word) => lower.includes(word.toLowerCase()))).toEqual([]);
        },
      ),
    );
    expect(world.leaks()).toEqual([]);
  },
  FUZZ_TIMEOUT,
);
