import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { answersTogether, requestsTogether } from '../../src/server/end-of-turn.ts';

describe.each([
  ['answers', answersTogether],
  ['requests', requestsTogether],
])('the end of a turn, for %s', (_whose, endOfTurn) => {
  it('comes for all who ask in the same turn of the event loop, those included who ask after a row of promises', async () => {
    await turn();
    const events: string[] = [];
    const ask = (who: string) => endOfTurn().then(() => events.push(`${who} is told`));
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

  it('is one promise for all of a turn, and another one in the next', async () => {
    const first = endOfTurn();
    expect(endOfTurn()).toBe(first);
    await first;
    expect(endOfTurn()).not.toBe(first);
  });

  it('comes again for whoever asks once it has come', async () => {
    let times = 0;
    for (; times < 3; times += 1) await endOfTurn();
    expect(times).toBe(3);
  });
});

describe('the ends of a turn', () => {
  it('come for one group after the other', async () => {
    await turn();
    const events: string[] = [];
    const ask = (end: () => Promise<void>, who: string) => end().then(() => events.push(who));
    await Promise.all([
      ask(requestsTogether, 'a request'),
      ask(answersTogether, 'an answer'),
      ask(requestsTogether, 'another request'),
      ask(answersTogether, 'another answer'),
    ]);
    expect(events).toEqual(['a request', 'another request', 'an answer', 'another answer']);
  });
});
