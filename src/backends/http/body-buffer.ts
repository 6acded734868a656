import { utf8Text } from '../../formats.ts';

/** Pieces that are kept as they came. More of them are copied together at once. */
const MAX_PIECES = 16;

/**
 * Pieces are put together here; most bodies fit. New room for each of them, or a text for each piece, would be as much again to collect
 * as the body itself. Whoever reads it does so at once, and copies.
 */
const JOINING_ROOM = Buffer.allocUnsafeSlow(262_144);

/**
 * Gathers a body. A few pieces, the usual case, are kept as they are. With more it takes room ahead, because a body sent byte by byte would
 * otherwise hold a buffer object for each byte.
 */
export class BodyBuffer {
  #pieces: Buffer[] = [];
  /** What no longer has a place among the pieces; the first `#length` bytes of it are the beginning of the body. */
  #room: Buffer | undefined;
  #length = 0;

  add(chunk: Buffer): void {
    if (this.#room === undefined && this.#pieces.length < MAX_PIECES) {
      this.#pieces.push(chunk);
      return;
    }
    if (this.#room === undefined) {
      this.#room = Buffer.concat(this.#pieces);
      this.#length = this.#room.length;
      this.#pieces = [];
    }
    const length = this.#length + chunk.length;
    if (length > this.#room.length) this.#room = Buffer.concat([this.#room], 2 * length);
    chunk.copy(this.#room, this.#length);
    this.#length = length;
  }

  /** The body as text; undefined when it is no UTF-8. */
  text(): string | undefined {
    return utf8Text(this.#room === undefined ? joined(this.#pieces) : this.#room.subarray(0, this.#length));
  }
}

/** The bytes of all pieces: to be read before anything else is put together. */
function joined(pieces: readonly Buffer[]): Buffer {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  let length = 0;
  for (const piece of pieces) {
    if (length + piece.length > JOINING_ROOM.length) return Buffer.concat(pieces);
    length += piece.copy(JOINING_ROOM, length);
  }
  return JOINING_ROOM.subarray(0, length);
}
