import { expect } from 'vitest';
import { logEntry } from './server-process.ts';
import type { World } from './world.ts';

/** The entries of a log that have this message. */
export function entriesOf(lines: readonly string[], message: string): readonly Readonly<Record<string, unknown>>[] {
  return lines.flatMap((line) => {
    const entry = logEntry(line);
    return entry?.['msg'] === message ? [entry] : [];
  });
}

/** Waits until the log of a world has as many entries with this message. */
export async function logged(world: World, message: string, count: number): Promise<void> {
  await expect.poll(() => entriesOf(world.logLines, message).length, { timeout: 15_000, interval: 20 }).toBe(count);
}
