/**
 * Most reads of one batch that are asked for at once. One operation may need thousands; all at once they would take every place in the
 * queue to the backend, and be turned away from it themselves.
 */
const AT_ONCE = 100;

/**
 * Runs one read a key side by side and answers in key order, a failed read as an Error in its own place, as DataLoader wants it: one
 * bad key never costs its neighbours.
 */
export async function settleEach<Key, Value>(
  keys: readonly Key[],
  read: (key: Key) => Promise<Value>,
): Promise<(Value | Error)[]> {
  const results: (Value | Error)[] = [];
  // Shared: each takes the next key as soon as it is done with one.
  const remaining = keys.entries();
  const work = async () => {
    for (const [index, key] of remaining) {
      try {
        results[index] = await read(key);
      } catch (error) {
        results[index] = error instanceof Error ? error : new Error('a read failed', { cause: error });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, keys.length) }, work));
  return results;
}
