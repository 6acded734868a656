import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

/** Parameters other than the charset change nothing and are ignored. */
const JSON_TYPE = /^\s*application\/json\s*(?:;|$)/i;
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

/** A request that cannot be taken for a GraphQL request at all. */
export class BadRequest extends Error {
  readonly status: number;
  /** Whether the rest of the request is still on its way, so that the connection cannot be used again. */
  readonly unfinished: boolean;

  constructor(status: number, message: string, unfinished = false) {
    super(message);
    this.name = 'BadRequest';
    this.status = status;
    this.unfinished = unfinished;
  }
}

/**
 * The JSON value of a request's body, at most `maxBytes` long.
 * @throws BadRequest 413 when it is longer, 415 when it is not plain JSON by its headers, 400 when it does not parse
 */
export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const contentType = request.headers['content-type'] ?? '';
  const charset = CHARSET.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';
  if (!JSON_TYPE.test(contentType) || (charset !== 'utf-8' && charset !== 'utf8')) {
    throw new BadRequest(415, 'The content type must be application/json, in UTF-8.', true);
  }
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new BadRequest(415, 'The body must not be compressed.', true);
  }
  const bytes = await readBytes(request, maxBytes);
  // Decoding would replace what is no UTF-8, and the replacement would be written to a backend.
  if (!isUtf8(bytes)) throw new BadRequest(400, 'The body is not UTF-8.');
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new BadRequest(400, 'The body is not valid JSON.');
  }
  disownRoundedNumbers(value);
  return value;
}

/**
 * Puts NaN, which every scalar refuses, in the place of integers beyond 2^53-1. JSON.parse has rounded them, and GraphQL's ID would
 * make a text of what is left: two ids could become one.
 */
function disownRoundedNumbers(root: unknown): void {
  // Not recursive: a body may be nested deeper than the stack is high.
  const stack = [root];
  while (stack.length > 0) {
    const parent = stack.pop();
    if (!isObject(parent)) continue;
    for (const key in parent) {
      const child = parent[key];
      if (typeof child === 'object') stack.push(child);
      else if (typeof child === 'number' && Number.isInteger(child) && !Number.isSafeInteger(child)) {
        // Not an assignment: the key may be `__proto__`.
        Object.defineProperty(parent, key, { value: Number.NaN });
      }
    }
  }
}

/** Of what JSON.parse makes, lists included: their keys are their own. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Not an async iterator over the request: for a body in one piece that costs more than all of the rest. */
function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const refuse = () => reject(new BadRequest(413, `The body must not be larger than ${maxBytes} bytes.`, true));
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return refuse();
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) return chunks.push(chunk);
      request.removeAllListeners('data').pause();
      refuse();
    });
    request.on('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size)),
    );
    request.on('error', reject);
    request.on('close', () => {
      // Every request is closed in the end, and an error is dear to make.
      if (!request.readableEnded) reject(new Error('the client went away in the middle of its request'));
    });
  });
}
