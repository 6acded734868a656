const HEAD_END = '\r\n\r\n';

/**
 * Cuts a stream of HTTP/1.1 messages into heads and bodies. Knows only `content-length`, which is all that the programs compared here
 * use; anything else is refused instead of being misread. Much cheaper than a whole HTTP client, so that the load generator and the
 * stand-in take as little as possible from the core they share.
 */
export class MessageReader {
  readonly #onMessage: (head: string, body: Buffer) => void;
  #chunks: Buffer[] = [];
  #received = 0;
  /** Bytes of the message that has begun, once its head is known. */
  #needed = 0;

  constructor(onMessage: (head: string, body: Buffer) => void) {
    this.#onMessage = onMessage;
  }

  /** @throws Error for a message with `transfer-encoding` */
  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#received += chunk.length;
    if (this.#received < this.#needed) return;
    let data = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#received);
    this.#needed = 0;
    for (;;) {
      const headLength = data.indexOf(HEAD_END);
      if (headLength === -1) break;
      const head = data.toString('latin1', 0, headLength);
      const bodyStart = headLength + HEAD_END.length;
      const end = bodyStart + contentLength(head);
      if (data.length < end) {
        this.#needed = end;
        break;
      }
      const body = data.subarray(bodyStart, end);
      data = data.subarray(end);
      this.#onMessage(head, body);
    }
    this.#chunks = data.length === 0 ? [] : [data];
    this.#received = data.length;
  }
}

function contentLength(head: string): number {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return Number(length);
  if (/\r\ntransfer-encoding:/i.test(head)) throw new Error('a message with transfer-encoding cannot be measured');
  return 0;
}
