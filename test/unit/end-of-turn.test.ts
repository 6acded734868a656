import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answersTogether, requestsTogether } from '../../src/server/end-of-turn.ts';

beforeEach(() => {
  // The clock only: turns have to be real ones.
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Has whoever asks in this turn told; in the end `events` says in which order, and in which turn. */
function note(events: string[]) {
  let turn = 1;
  const ask = (together: () => Promise<void>, who: string) => together().then(() => events.push(`${who} in ${turn}`));
  return {
    ask,
    async next() {
      await nextTurn();
      turn += 1;
    },
  };
}

describe.each([
  ['requests', requestsTogether],
  ['answers', answersTogether],
])('what %s wait for', (_whose, together) => {
  it('comes for all who ask in one turn of the event loop, those included who ask after a row of promises', async () => {
    await nextTurn();
    const events: string[] = [];
    const ask = (who: string) => together().then(() => events.push(`${who} is told`));
    const told = [ask('one')];
    // As an answer of a backend goes through a row of promises before its reader asks.
    told.push(
      Promise.resolve()
        .then(() => undefined)
        .then(() => ask('another')),
    );
    process.nextTick(() => events.push('the next tick'));
    await Promise.all(told);
    expect(events).toEqual(['the next tick', 'one is told', 'another is told']);
  });

  it('comes again for whoever asks once it has come', async () => {
    const first = together();
    await first;
    expect(together()).not.toBe(first);
    await together();
  });
});

describe('requests', () => {
  it('do not wait for those of the next turn', async () => {
    const events: string[] = [];
    const { ask, next } = note(events);
    const told = [ask(requestsTogether, 'one')];
    await next();
    told.push(ask(requestsTogether, 'another'));
    await next();
    await Promise.all(told);
    expect(events).toEqual(['one in 1', 'another in 2']);
  });

  it('are not mixed with answers', async () => {
    const events: string[] = [];
    const { ask, next } = note(events);
    const told = [
      ask(answersTogether, 'an answer'),
      ask(requestsTogether, 'a request'),
      ask(answersTogether, 'another answer'),
      ask(requestsTogether, 'another request'),
    ];
    for (let turn = 1; turn < 3; turn += 1) await next();
    await Promise.all(told);
    expect(events).toEqual(['a request in 1', 'another request in 1', 'an answer in 3', 'another answer in 3']);
  });
});

describe('answers', () => {
  it('wait for those of three turns', async () => {
    const events: string[] = [];
    const { ask, next } = note(events);
    const told: Promise<unknown>[] = [];
    for (const turn of ['first', 'second', 'third', 'fourth']) {
      told.push(ask(answersTogether, turn));
      await next();
    }
    await Promise.all(told);
    expect(events.slice(0, 3)).toEqual(['first in 3', 'second in 3', 'third in 3']);
    expect(events[3]).toMatch(/^fourth/);
  });

  it('wait no longer than the turn in which a millisecond has passed', async () => {
    const events: string[] = [];
    const { ask, next } = note(events);
    const told = [ask(answersTogether, 'one')];
    vi.advanceTimersByTime(1);
    await next();
    told.push(ask(answersTogether, 'another'));
    await Promise.all(told);
    expect(events[0]).toBe('one in 1');
    expect(events).toHaveLength(2);
  });
});
