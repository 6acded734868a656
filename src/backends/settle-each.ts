/**
 * Most reads of one batch that are asked for at once. One operation may need thousands; all at once they would take every place in the
 * queue to the backend, and be turned away from it themselves.
 */
const MOST_AT_ONCE = 100;
/** So many are asked for in any case: a batch that finds the backend busy has to take its part of the queue, or it would take for ever. */
const FEWEST_AT_ONCE = 8;

/**
 * Runs one read a key and answers in key order, a failed read as an Error in its own place, as DataLoader wants it: one bad key never
 * costs its neighbours. As many as find room run side by side; what would only wait is not begun, since a read that waits takes memory.
 * @param room how many more reads the backend could take right now
 */
export async function settleEach<Key, Value>(
  keys: readonly Key[],
  read: (key: Key) => Promise<Value>,
  room: () => number = () => MOST_AT_ONCE,
): Promise<(Value | Error)[]> {
  const results: (Value | Error)[] = [];
  let workers = 0;
  // Shared: each takes the next key as soon as it is done with one.
  let next = 0;
  const work = async (): Promise<void> => {
    workers += 1;
    let helper: Promise<void> | undefined;
    while (next < keys.length) {
      const index = next;
      next += 1;
      try {
        results[index] = await read(keys[index] as Key);
      } catch (error) {
        results[index] = error instanceof Error ? error : new Error('a read failed', { cause: error });
      }
      if (workers < MOST_AT_ONCE && next < keys.length && room() > 0) helper ??= work();
    }
    await helper;
  };
  const first = Math.min(keys.length, MOST_AT_ONCE, Math.max(FEWEST_AT_ONCE, room()));
  await Promise.all(Array.from({ length: first }, work));
  return results;
}
