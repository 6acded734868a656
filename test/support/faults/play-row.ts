import { expect } from 'vitest';
import type { Exchange } from '../../stand-ins/exchange.ts';
import type { Fault } from '../../stand-ins/faults.ts';
import { radarSuccess, vcisoSuccess } from '../../stand-ins/vendor-envelopes.ts';
import { send, type Moment, type Target } from '../failing-calls.ts';
import { startWorld, type GraphQLAnswer, type World } from '../world.ts';
import type { AnswerRow } from './answer-rows.ts';
import { CODES_OF_DOUBT, type Told } from './verdicts.ts';

/** What was seen of one operation: what the client was told, how many requests arrived, and whether the write is in the backend's state. */
export interface Seen {
  readonly told: Told;
  readonly arrivals: number;
  readonly written: boolean;
}

/** How a row is played: a read; a write that the backend carries out; one of which it does nothing; one that the fault decides about. */
export type Way = 'read' | 'done' | 'not done' | 'as it is';

/** A world for each way, so that all can be played side by side. */
export type Worlds = Readonly<Record<Way, World>>;

export const WAYS: readonly Way[] = ['read', 'done', 'not done', 'as it is'];

/** Worlds in which neither the breaker nor the budget of repeats carries anything over from one row to the next. */
export async function startWorlds(settings: Readonly<Record<string, string>> = {}): Promise<Worlds> {
  const start = () => startWorld(forBoth({ BREAKER_FAILURES: '0', CONCURRENCY: '10000', ...settings }));
  const [read, done, notDone, asItIs] = await Promise.all([start(), start(), start(), start()]);
  return { read, done, 'not done': notDone, 'as it is': asItIs };
}

/** Settings of a backend, for both. */
export function forBoth(settings: Readonly<Record<string, string>>): Record<string, string> {
  const named = Object.entries(settings).flatMap(([name, value]) => [
    [`AEGISTER_${name}`, value],
    [`RADAR_${name}`, value],
  ]);
  return Object.fromEntries(named) as Record<string, string>;
}

/** What a client was told, from an answer of one field. */
export function toldBy(answer: GraphQLAnswer, moment: Moment): Told {
  const [error] = answer.errors ?? [];
  if (error === undefined) {
    return { code: 'none', retryable: null, outcome: moment === 'write' ? 'APPLIED' : null };
  }
  const { code, retryable, outcome = null } = error.extensions;
  return { code, retryable, outcome } as Told;
}

/** The ways in which a row has to be played. What a backend says plainly is taken as true, so there it is not made to lie. */
export function waysOf({ verdict }: AnswerRow): readonly Way[] {
  return verdict.told.write.outcome === 'UNKNOWN' ? ['read', 'done', 'not done'] : ['read', 'as it is'];
}

/** Plays a row against one backend in one way. */
export async function playRow(row: AnswerRow, target: Target, way: Way, world: World): Promise<Seen> {
  const moment = way === 'read' ? 'read' : 'write';
  target.prepare(world);
  target.standIn(world).faults.times(row.times ?? 100, inWay(row.play(target), target, way));
  const answer = await send(world, target, moment);
  expect({ status: answer.status, failures: target.standIn(world).failures }).toEqual({ status: 200, failures: [] });
  expectNoData(answer, target, moment);
  return {
    told: toldBy(answer, moment),
    arrivals: world.calls()[target.name].length,
    written: target.isWritten(world),
  };
}

/** The failed field is null; one that did not fail has its value, unless it was read and is not there. */
function expectNoData(answer: GraphQLAnswer, target: Target, moment: Moment): void {
  const { field, success } = target[moment];
  const failed = (answer.errors ?? []).length > 0;
  const absent = { [field]: null };
  if (failed) expect(answer.data).toEqual(absent);
  else expect([success, ...(moment === 'read' ? [absent] : [])]).toContainEqual(answer.data);
}

function inWay(play: Fault, target: Target, way: Way): Fault {
  if (way === 'done') {
    return {
      kind: play.kind,
      async play(exchange) {
        await exchange.apply();
        await play.play(exchange);
      },
    };
  }
  if (way !== 'not done') return play;
  return { kind: play.kind, play: (exchange) => play.play(deaf(exchange, target)) };
}

/** An exchange with a backend that would say yes, and does nothing. */
function deaf(exchange: Exchange, target: Target): Exchange {
  const { input } = target.write.variables as { input: { id: string; title: string } };
  const answer =
    target.name === 'aegister'
      ? vcisoSuccess({ organization_id: 3071, id: Number(input.id), title: input.title })
      : radarSuccess(input);
  return { ...exchange, apply: () => Promise.resolve(answer) };
}

/** No wrong outcome: what the client was told about its write is what became of it, and doubt is allowed only where the contract allows it. */
export function expectTruth({ told, written }: Pick<Seen, 'told' | 'written'>): void {
  expect(['APPLIED', 'NOT_APPLIED', 'UNKNOWN']).toContain(told.outcome);
  if (told.outcome === 'UNKNOWN') {
    expect(CODES_OF_DOUBT).toContain(told.code);
    expect(told.retryable).toBe(false);
  } else {
    expect(written).toBe(told.outcome === 'APPLIED');
  }
}
