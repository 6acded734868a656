import type { IncomingMessage } from 'node:http';

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
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') throw new BadRequest(415, 'The content type must be application/json.', true);
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new BadRequest(415, 'The body must not be compressed.', true);
  }
  const text = await readText(request, maxBytes);
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest(400, 'The body is not valid JSON.');
  }
}

async function readText(request: IncomingMessage, maxBytes: number): Promise<string> {
  const tooLarge = () => new BadRequest(413, `The body must not be larger than ${maxBytes} bytes.`, true);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}
