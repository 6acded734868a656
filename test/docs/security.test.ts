import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { backends } from '../../src/backends/index.ts';
import { settingNames } from '../../src/config.ts';
import { codeTable } from '../../src/errors/codes.ts';
import { createMetrics } from '../../src/server/metrics.ts';

const root = new URL('../../', import.meta.url);
const text = readFileSync(new URL('SECURITY.md', root), 'utf8');
const section = (title: string) => text.split(/^## /m).find((part) => part.startsWith(title)) ?? '';
const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map(([, word]) => word ?? '');

describe('SECURITY.md', () => {
  it('proves every control by tests that exist', () => {
    const rows = section('Controls')
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(2);
    const proofs = rows.map((row) => [...row.matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path ?? ''));
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((_row, index) => proofs[index]?.length === 0)).toEqual([]);
    expect(proofs.flat().filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });

  it('names settings, codes and metrics that exist', async () => {
    const codes = Object.values(codeTable).map(({ code }) => code);
    const known: readonly string[] = [...settingNames(backends), ...codes, 'UNKNOWN'];
    const words = quoted.map((word) => word.split('=', 1)[0] ?? '').filter((word) => /^[A-Z]+(?:_[A-Z]+)*$/.test(word));
    expect(words.length).toBeGreaterThan(5);
    expect(words.filter((word) => !known.includes(word))).toEqual([]);
    const metric = quoted.map((word) => /^(\w+_total)\{/.exec(word)?.[1]).filter((name) => name !== undefined);
    expect(metric).toHaveLength(1);
    expect(await createMetrics().text()).toContain(`# TYPE ${metric[0] ?? ''} counter`);
  });
});
