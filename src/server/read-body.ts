import type { IncomingMessage } from 'node:http';
import { innerValues, isExactWithin, isRounded, utf8Text } from '../formats.ts';
import { requestsTogether } from './end-of-turn.ts';

/** Parameters other than the charset change nothing and are ignored. */
const JSON_TYPE = /^\s*application\/json\s*(?:;|$)/i;
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

/** Bodies that are nested no deeper are looked through recursively, which is several times faster. */
const USUAL_DEPTH = 64;

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
 * The JSON value of a request's body, at most `maxBytes` long. Most bodies are there as a whole by the end of the turn their request came in,
 * and are then taken at once: to listen to a request costs 2 microseconds more.
 * @throws BadRequest 413 when it is longer, 415 when it is not plain JSON by its headers, 400 when it does not parse
 */
export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const { headers } = request;
  if (!isJson(headers['content-type'])) {
    throw new BadRequest(415, 'The content type must be application/json, in UTF-8.', true);
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new BadRequest(415, 'The body must not be compressed.', true);
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  await requestsTogether();
  return parse(request.complete ? wholeBody(request, maxBytes) : await gatherBody(request, maxBytes));
}

function isJson(contentType = ''): boolean {
  // What most clients send.
  if (contentType === 'application/json') return true;
  const charset = CHARSET.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';
  return JSON_TYPE.test(contentType) && (charset === 'utf-8' || charset === 'utf8');
}

/** @throws BadRequest 400 when the bytes are no JSON text in UTF-8 */
function parse(bytes: Buffer): unknown {
  const text = utf8Text(bytes);
  if (text === undefined) throw new BadRequest(400, 'The body is not UTF-8.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadRequest(400, 'The body is not valid JSON.');
  }
  if (!isExactWithin(value, USUAL_DEPTH)) disownRoundedNumbers(value);
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
    if (typeof parent !== 'object' || parent === null) continue;
    let holdsRounded = false;
    for (const child of innerValues(parent)) {
      if (typeof child === 'object') stack.push(child);
      else if (typeof child === 'number' && isRounded(child)) holdsRounded = true;
    }
    if (!holdsRounded) continue;
    const entries: [string, unknown][] = Object.entries(parent);
    for (const [key, child] of entries) {
      // Not an assignment: the key may be `__proto__`.
      if (typeof child === 'number' && isRounded(child)) Object.defineProperty(parent, key, { value: Number.NaN });
    }
  }
}

/** @throws BadRequest 413 when it is too long */
function wholeBody(request: IncomingMessage, maxBytes: number): Buffer {
  const bytes: unknown = request.read();
  if (!Buffer.isBuffer(bytes)) return Buffer.alloc(0);
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return bytes;
}

/** Not an async iterator over the request: for a body in one piece that costs more than all of the rest. */
function gatherBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('the client went away in the middle of its request'));
    if (request.destroyed) return gone();
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) return chunks.push(chunk);
      request.removeAllListeners('data').pause();
      reject(tooLarge(maxBytes));
    });
    request.on('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size)),
    );
    request.on('close', () => {
      // Every request is closed in the end, and an error is dear to make. With no listener for `error`, node closes without one.
      if (!request.readableEnded) gone();
    });
  });
}

function tooLarge(maxBytes: number): BadRequest {
  return new BadRequest(413, `The body must not be larger than ${maxBytes} bytes.`, true);
}
