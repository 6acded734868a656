/** Room for a body that comes in more than one piece, bytes; it doubles as needed. */
const FIRST_ROOM = 65_536;

/**
 * Gathers a body. One piece, the usual case, is kept as it is; more are copied together at once, because a body sent byte by byte would
 * otherwise hold a buffer object for each byte.
 */
export class BodyBuffer {
  #room: Buffer = Buffer.alloc(0);
  #length = 0;

  add(chunk: Buffer): void {
    if (this.#length === 0) {
      this.#room = chunk;
      this.#length = chunk.length;
      return;
    }
    const length = this.#length + chunk.length;
    if (length > this.#room.length) this.#grow(length);
    chunk.copy(this.#room, this.#length);
    this.#length = length;
  }

  bytes(): Buffer {
    return this.#room.subarray(0, this.#length);
  }

  #grow(length: number): void {
    const larger = Buffer.allocUnsafe(Math.max(FIRST_ROOM, 2 * this.#room.length, length));
    this.#room.copy(larger, 0, 0, this.#length);
    this.#room = larger;
  }
}
