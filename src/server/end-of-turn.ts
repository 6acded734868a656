import { setImmediate as atEndOfTurn } from 'node:timers/promises';

let end: Promise<void> | undefined;

/**
 * Resolves when everything that had arrived by now has been looked at: at the end of this turn of the event loop, for all who ask in it together.
 * What they then write goes out in one go. Answers written each in its moment cost more time in the system, presumably because each wakes up
 * whoever reads it: with 32 connections, on Node 24, about a fifth of a write's time and a tenth of a large read's.
 */
export function endOfTurn(): Promise<void> {
  return (end ??= nextEnd());
}

async function nextEnd(): Promise<void> {
  await atEndOfTurn();
  end = undefined;
}
