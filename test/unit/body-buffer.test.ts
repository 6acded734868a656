import { describe, expect, it } from 'vitest';
import { BodyBuffer } from '../../src/backends/http/body-buffer.ts';

function gather(pieces: readonly Buffer[]): string | undefined {
  const body = new BodyBuffer();
  for (const piece of pieces) body.add(piece);
  return body.text();
}

/** The bytes in pieces of `size`, the last one with the rest. */
function split(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    Buffer.from(bytes.subarray(index * size, (index + 1) * size)),
  );
}

it('is empty without any piece', () => {
  expect(gather([])).toBe('');
});

describe.each([
  ['plain ASCII, of 80 kB', 'The share was restored. '.repeat(3_333)],
  ['characters of one to four bytes, of 80 kB', 'Инцидент № 5 – “é” 😀\n'.repeat(1_950)],
  ['plain ASCII', 'The share was restored. '.repeat(12_500)],
  ['characters of one to four bytes', 'Инцидент № 5 – “é” 😀\n'.repeat(9_000)],
  ['plain ASCII, of 262,144 bytes', 'x'.repeat(262_144)],
  ['plain ASCII, of 262,145 bytes', 'x'.repeat(262_145)],
  ['plain ASCII up to its end', `${'x'.repeat(299_999)}é`],
])('a body of %s', (_what, whole) => {
  it.each([1, 7, 4_096, 20_000, 65_536, 1_000_000])('is all pieces in order, %i bytes each', (size) => {
    const pieces = split(Buffer.from(whole), size);
    const first = Buffer.from(pieces[0] ?? '');
    expect(gather(pieces)).toBe(whole);
    // What undici handed over first stays as it was: it may be part of a larger buffer.
    expect(pieces[0]?.equals(first)).toBe(true);
  });
});

it.each([1, 2, 3, 100])('is no text when it is no UTF-8, in pieces of %i bytes', (size) => {
  const broken = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xd0]), Buffer.from('"}')]);
  expect(gather(split(broken, size))).toBeUndefined();
  // Halves of a character, the second of which never came.
  expect(gather(split(Buffer.from('{"a":"😀').subarray(0, -1), size))).toBeUndefined();
});

it('stays what it was when other bodies are put together after it', () => {
  const texts = ['first', 'другой', 'third'].map((word) => ({
    word,
    text: gather(split(Buffer.from(word.repeat(9_000)), 16_384)),
  }));
  for (const { word, text } of texts) expect(text).toBe(word.repeat(9_000));
});
