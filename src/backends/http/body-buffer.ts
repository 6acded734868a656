/** Pieces that are kept as they came. More of them are copied together at once. */
const MAX_PIECES = 16;

/**
 * Gathers a body. One piece, the usual case, is kept as it is, and a few are copied once in the end. With more it takes room ahead,
 * because a body sent byte by byte would otherwise hold a buffer object for each byte.
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

  bytes(): Buffer {
    if (this.#room !== undefined) return this.#room.subarray(0, this.#length);
    const [first] = this.#pieces;
    return first !== undefined && this.#pieces.length === 1 ? first : Buffer.concat(this.#pieces);
  }
}
