import { setImmediate as nextTurn } from 'node:timers/promises';

/** Most turns that answers wait for others. */
const TURNS = 3;
/** When the turns are long, answers wait no longer than until the end of the one in which this much time has passed, milliseconds. */
const LONG_ENOUGH_MS = 1;

/**
 * Each of these resolves for all who ask it together, at the end of a turn of the event loop, when everything that had arrived by now has been
 * looked at: for requests at the end of this turn, for answers, as a rule, at that of the third. The turns of an idle server are over at once, so there
 * hardly anybody waits. What a group then writes goes to one reader in one go: answers to whoever calls, the requests they were made of to a backend.
 * Written each in its moment, or all of them mixed, they cost more time in the system, presumably because each wakes up whoever reads it;
 * docs/performance.md says how much.
 */
export const requestsTogether = group(async () => {
  await nextTurn();
});
export const answersTogether = group(async () => {
  const longEnough = performance.now() + LONG_ENOUGH_MS;
  for (let turn = 0; turn < TURNS; turn += 1) {
    await nextTurn();
    if (performance.now() >= longEnough) return;
  }
});

function group(come: () => Promise<void>): () => Promise<void> {
  let coming: Promise<void> | undefined;
  const comeOnce = async () => {
    await come();
    coming = undefined;
  };
  return () => (coming ??= comeOnce());
}
