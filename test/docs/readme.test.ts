import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends } from '../../src/backends/index.ts';
import { settingNames } from '../../src/config.ts';
import { codeTable } from '../../src/errors/codes.ts';
import { entriesOf } from '../support/log-entries.ts';
import { startWorld, type World } from '../support/world.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The fenced block below a marker comment such as `<!-- example: works -->`. */
function block(marker: string): string {
  const found = new RegExp(`<!-- ${marker} -->\\s+\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1];
  if (found === undefined) throw new Error(`README has no block "${marker}"`);
  return found;
}

/** The words in backquotes in the first column of the table below a marker comment. */
function firstColumn(marker: string): string[] {
  const table = new RegExp(`<!-- table: ${marker} -->\\s+((?:\\|.*\\n)+)`).exec(readme)?.[1] ?? '';
  return table
    .split('\n')
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([A-Z0-9_]+)`/g)].map(([, word]) => word ?? ''));
}

describe('README', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  it.each(['works', 'fails'])(
    'shows the answer that its example "%s" really gets from the seeded stand-ins',
    async (name) => {
      const expected = JSON.parse(block(`answer: ${name}`)) as { errors?: { extensions: Record<string, unknown> }[] };
      for (const error of expected.errors ?? []) error.extensions['correlationId'] = expect.any(String);
      const answer = await world.send(block(`example: ${name}`));
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.text)).toEqual(expected);
    },
  );

  it('shows the record that its example "works" really leaves', async () => {
    const { time, correlationId, durationMs, ...expected } = JSON.parse(block('audit: works')) as Record<
      string,
      unknown
    >;
    await world.send(block('example: works'));
    const last = entriesOf(world.logLines, 'audit').at(-1);
    const differing = { time, correlationId, durationMs };
    expect(last).toEqual({
      ...expected,
      ...Object.fromEntries(Object.entries(differing).map(([key, shown]) => [key, expect.any(shown?.constructor)])),
    });
    // In this order too, so that a reader finds things where they are shown.
    expect(Object.keys(last ?? {})).toEqual(Object.keys(JSON.parse(block('audit: works')) as object));
  });

  it('lists every error code, and no other', () => {
    const codes = new Set(Object.values(codeTable).map(({ code }) => code));
    expect(new Set(firstColumn('codes'))).toEqual(codes);
  });

  it('lists every setting, and no other', () => {
    expect(firstColumn('settings').sort()).toEqual([...settingNames(backends)].sort());
  });
});
