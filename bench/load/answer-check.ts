import { isDeepStrictEqual } from 'node:util';

/** Different texts of the right answer that are remembered; more means that something varies that should not. */
const MAX_FORMS = 8;

/**
 * Checks every answer of a run. One that has the very bytes of an answer already checked is right; any other is parsed and compared as
 * JSON, where the order of keys does not matter.
 */
export class AnswerCheck {
  readonly #expected: unknown;
  readonly #forms: Buffer[] = [];

  /** @param data what `data` has to be; nothing may stand beside it */
  constructor(data: unknown) {
    this.#expected = JSON.parse(JSON.stringify({ data }));
  }

  /** What is wrong with an answer, or undefined. */
  faultOf(head: string, body: Buffer): string | undefined {
    if (!head.startsWith('HTTP/1.1 200 ')) return `${head.split('\r\n', 1).join('')}: ${excerpt(body)}`;
    if (this.#forms.some((form) => form.equals(body))) return undefined;
    let answer: unknown;
    try {
      answer = JSON.parse(body.toString('utf8'));
    } catch {
      return `not JSON: ${excerpt(body)}`;
    }
    if (!isDeepStrictEqual(answer, this.#expected)) return `another answer than expected: ${excerpt(body)}`;
    if (this.#forms.length === MAX_FORMS) return 'the same answer in too many forms';
    this.#forms.push(Buffer.from(body));
    return undefined;
  }
}

function excerpt(body: Buffer): string {
  return body.toString('utf8', 0, 400);
}
