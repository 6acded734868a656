import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DocumentCache } from '../../src/server/document-cache.ts';

describe('the cache of documents', () => {
  it('stays within its bound whatever number of documents comes', async () => {
    const cache = new DocumentCache(1_000);
    for (let number = 0; number < 10_000; number += 1) {
      await cache.set(`hash ${number}`, parse(`{ incidentGroup(id: "${number}") { id title } }`));
      expect(cache.size).toBeLessThanOrEqual(100);
    }
    expect(cache.size).toBeGreaterThan(50);
    expect(await cache.get('hash 9999')).toBeDefined();
    expect(await cache.get('hash 0')).toBeUndefined();
  });

  it('keeps longest what was used last', async () => {
    const cache = new DocumentCache(40);
    const document = parse('{ a b c d }');
    for (const hash of ['one', 'two', 'three', 'four', 'five']) await cache.set(hash, document);
    await cache.get('one');
    await cache.set('six', document);
    await cache.set('seven', document);
    expect(await cache.get('one')).toBe(document);
    expect(await cache.get('two')).toBeUndefined();
  });

  it('keeps no document larger than all it may hold', async () => {
    const cache = new DocumentCache(10);
    await cache.set('large', parse(`{ ${'a '.repeat(50)} }`));
    expect(cache.size).toBe(0);
  });

  it('counts what documents are long by, comments included', async () => {
    const cache = new DocumentCache(100);
    await cache.set('commented', parse(`{ a } # ${'long '.repeat(5_000)}`));
    expect(cache.size).toBe(0);
  });

  it('forgets what is deleted, and what it took', async () => {
    const cache = new DocumentCache(10);
    for (let number = 0; number < 100; number += 1) {
      await cache.set('same', parse('{ a }'));
      await cache.set('same', parse('{ b }'));
      expect(await cache.delete('same')).toBe(true);
    }
    await cache.set('last', parse('{ a }'));
    expect(await cache.get('last')).toBeDefined();
    expect(await cache.delete('other')).toBe(false);
  });
});
