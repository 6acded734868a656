import { vi } from 'vitest';
import type { World } from './world.ts';

/** The value of one sample of `/metrics`, named with its labels; undefined when there is none. */
export async function sample(world: World, name: string): Promise<number | undefined> {
  const text = await (await fetch(`${world.url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}

/** Settles as soon as that sample has this value. */
export function whenSampled(world: World, name: string, value: number): Promise<void> {
  return vi.waitFor(
    async () => {
      const found = await sample(world, name);
      if (found !== value) throw new Error(`${name} is ${found} instead of ${value}`);
    },
    { timeout: 15_000, interval: 100 },
  );
}
