import { createHash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../backends/secret.ts';

/**
 * A check of the header `Router-Authorization` against the accepted secrets, one or, while they are being changed, two. Compares
 * digests, so that neither content nor length shows in the time taken.
 */
export function createRouterCheck(secret: Secret<readonly string[]>): (header: string | undefined) => boolean {
  let words: readonly string[] = [];
  let accepted: readonly Buffer[] = [];
  return (header) => {
    const now = secret.current();
    if (now !== words) {
      words = now;
      accepted = words.map(digest);
    }
    if (accepted.length === 0) return true;
    if (header === undefined) return false;
    const given = digest(header);
    // No early exit: which of the two matched is nobody's business either.
    return accepted.reduce((matches, digested) => timingSafeEqual(digested, given) || matches, false);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
