import { Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DocumentCache, type KnownOperation } from '../../src/server/document-cache.ts';

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

  it('knows an operation by its document and the name that was given, as long as the document is kept', async () => {
    const cache = new DocumentCache(20);
    const text = 'query A { a } query B { b }';
    await cache.set('hash', parse(text));
    const [a, b] = [known('A'), known('B')];
    cache.remember(text, 'A', a);
    cache.remember(text, 'B', b);
    expect([cache.operation(text, 'A'), cache.operation(text, 'B')]).toEqual([a, b]);
    expect(cache.operation(text, undefined)).toBeUndefined();
    expect(cache.operation('{ a }', 'A')).toBeUndefined();
    await cache.set('other', parse('{ a b c d e f g h }'));
    expect(cache.operation(text, 'A')).toBeUndefined();
    cache.remember(text, 'A', a);
    expect(cache.operation(text, 'A')).toBeUndefined();
  });

  it('knows no operation of a document that is gone, though it was the last one asked for', async () => {
    const cache = new DocumentCache(20);
    await cache.set('deleted', parse('{ a }'));
    cache.remember('{ a }', undefined, known('A'));
    expect(cache.operation('{ a }', undefined)).toBeDefined();
    await cache.delete('deleted');
    expect(cache.operation('{ a }', undefined)).toBeUndefined();
  });

  it('keeps a document longer whose operation was asked for', async () => {
    const cache = new DocumentCache(20);
    for (const name of ['a', 'b', 'c']) await cache.set(name, parse(`{ ${name} }`));
    cache.remember('{ a }', undefined, known());
    expect(cache.operation('{ a }', undefined)).toBeDefined();
    for (const name of ['d', 'e', 'f', 'g']) await cache.set(name, parse(`{ ${name} }`));
    expect(await cache.get('a')).toBeDefined();
    expect(await cache.get('b')).toBeUndefined();
  });
});

function known(name = 'A'): KnownOperation {
  const [operation] = parse(`query ${name} { a }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return { operation, planned: { run: () => undefined } };
}
