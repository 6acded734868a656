import { describe, expect, it } from 'vitest';
import { settleEach } from '../../src/backends/settle-each.ts';

const keysUpTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Reads that end when they are told to. */
function heldReads() {
  const open = new Map<number, () => void>();
  let most = 0;
  const read = (key: number) =>
    new Promise<number>((resolve) => {
      open.set(key, () => {
        open.delete(key);
        resolve(key);
      });
      most = Math.max(most, open.size);
    });
  const endOne = async () => {
    for (const end of open.values()) {
      end();
      break;
    }
    // What follows a read's end takes a few turns of the microtask queue.
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { open, read, endOne, most: () => most };
}

describe('reads of a batch', () => {
  it('are answered in the order of their keys, a failed one as an Error in its place', async () => {
    const read = async (key: number) => {
      await Promise.resolve();
      if (key === 3) throw new Error('three');
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what foreign code may do
      if (key === 5) throw 'five';
      return key * 2;
    };
    const [zero, , , three, four, five] = await settleEach(keysUpTo(300), read);
    expect([zero, four]).toEqual([0, 8]);
    expect(three).toEqual(new Error('three'));
    expect(five).toBeInstanceOf(Error);
    expect(await settleEach(keysUpTo(300), read)).toHaveLength(300);
  });

  it('are none for no keys', async () => {
    expect(await settleEach([], () => Promise.reject(new Error('never')))).toEqual([]);
  });

  it('begin all together where there is room, and never more than a hundred', async () => {
    const { read, open, endOne, most } = heldReads();
    const ended = settleEach(keysUpTo(250), read, () => 1_000);
    expect(open.size).toBe(100);
    while (open.size > 0) await endOne();
    expect(await ended).toEqual(keysUpTo(250));
    expect(most()).toBe(100);
  });

  it('are eight at a time where there is none', async () => {
    const { read, open, endOne, most } = heldReads();
    const ended = settleEach(keysUpTo(50), read, () => 0);
    expect(open.size).toBe(8);
    while (open.size > 0) await endOne();
    expect(await ended).toEqual(keysUpTo(50));
    expect(most()).toBe(8);
  });

  it('become more when there is room later', async () => {
    let room = 0;
    const { read, open, endOne, most } = heldReads();
    const ended = settleEach(keysUpTo(200), read, () => room);
    room = 1_000;
    while (open.size > 0) await endOne();
    expect(await ended).toEqual(keysUpTo(200));
    expect(most()).toBeGreaterThan(30);
    expect(most()).toBeLessThanOrEqual(100);
  });
});
