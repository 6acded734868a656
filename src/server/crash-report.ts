import { createCensor } from './censor.ts';

/** How many causes of an error are told. */
const MAX_CAUSES = 5;

/**
 * What is written about the end of a process: messages and stacks of the error and its causes, without the secrets. No other property of
 * an error is told, because libraries keep sockets, headers and raw answers there.
 * @param words secrets known so far, the same list until one is added
 */
export function createCrashReport(words: () => readonly string[]): (thrown: unknown) => string {
  const censor = createCensor(words, (word) => word);
  return (thrown) => `${censor(describe(thrown))}\n`;
}

function describe(thrown: unknown, causes = MAX_CAUSES): string {
  if (!(thrown instanceof Error)) return typeof thrown === 'string' ? thrown : `thrown: ${typeof thrown}`;
  const own = thrown.stack ?? `${thrown.name}: ${thrown.message}`;
  if (thrown.cause === undefined || causes === 0) return own;
  return `${own}\ncaused by ${describe(thrown.cause, causes - 1)}`;
}
