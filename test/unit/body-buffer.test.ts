import { expect, it } from 'vitest';
import { BodyBuffer } from '../../src/backends/http/body-buffer.ts';

const gather = (chunks: readonly Buffer[]) => {
  const body = new BodyBuffer();
  for (const chunk of chunks) body.add(chunk);
  return body.bytes();
};

it('is empty without any piece', () => {
  expect(gather([])).toHaveLength(0);
});

it('is the one piece, not a copy of it', () => {
  const piece = Buffer.from('{"a":1}');
  expect(gather([piece]).buffer).toBe(piece.buffer);
});

it.each([1, 7, 4_096, 65_536, 100_000])('is all pieces in order, %i bytes each', (size) => {
  const whole = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
  const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
    Buffer.from(whole.subarray(index * size, (index + 1) * size)),
  );
  const first = Buffer.from(pieces[0] ?? '');
  expect(gather(pieces).equals(whole)).toBe(true);
  // What undici handed over first stays as it was: it may be part of a larger buffer.
  expect(pieces[0]?.equals(first)).toBe(true);
});
