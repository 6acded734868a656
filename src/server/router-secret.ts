import { timingSafeEqual } from 'node:crypto';
import type { Secret } from '../backends/secret.ts';

/**
 * A check of the header `Router-Authorization` against the accepted secrets, one or, while they are being changed, two. All are compared
 * in a room of the same size, so that neither content nor length shows in the time taken.
 */
export function createRouterCheck(secret: Secret<readonly string[]>): (header: string | undefined) => boolean {
  let words: readonly string[] = [];
  let accepted: readonly Buffer[] = [];
  let given = Buffer.alloc(0);
  return (header) => {
    const now = secret.current();
    if (now !== words) {
      words = now;
      const room = Math.max(0, ...words.map((word) => Buffer.byteLength(word)));
      accepted = words.map((word) => fill(Buffer.alloc(room), word));
      given = Buffer.alloc(room);
    }
    if (accepted.length === 0) return true;
    if (header === undefined) return false;
    fill(given, header);
    // No early exit: which of the two matched is nobody's business either. What did not fit into the room differs in length.
    return accepted.reduce((matches, word, index) => {
      const isSame = timingSafeEqual(word, given);
      return (isSame && words[index]?.length === header.length) || matches;
    }, false);
  };
}

/** The text from the start of the room on, zeros behind it, which no header can hold. */
function fill(room: Buffer, text: string): Buffer {
  return room.fill(0, room.write(text));
}
