/**
 * Runs one read a key side by side and answers in key order, a failed read as an Error in its own place, as DataLoader wants it: one
 * bad key never costs its neighbours. How many are on their way at once is the connection pool's business.
 */
export function settleEach<Key, Value>(
  keys: readonly Key[],
  read: (key: Key) => Promise<Value>,
): Promise<(Value | Error)[]> {
  return Promise.all(
    keys.map(async (key) => {
      try {
        return await read(key);
      } catch (error) {
        return error instanceof Error ? error : new Error('a read failed', { cause: error });
      }
    }),
  );
}
