import type { ServerResponse } from 'node:http';
import type { HTTPGraphQLResponse } from '@apollo/server';
import { answersTogether } from './end-of-turn.ts';
import type { Refusal } from './refuse.ts';

/** Characters from which on a text is better encoded here: node goes over it three times, to flatten it, for its length and for its bytes. */
const LONG = 16_384;

const utf8 = new TextEncoder();
const LINE_BREAK = '\n';

/** Told of every request that was refused before it was an operation. */
type RefusalObserver = (refusal: Refusal) => void;

/** An answer that is ready to be written. */
export interface HttpAnswer extends HTTPGraphQLResponse {
  /** Whether it waits, once it is ready, for others that are written at the same time. */
  readonly goesTogether?: boolean;
}

/** Writes an answer. What comes in parts, or goes together with others, is written when the promise resolves. */
export function writeAnswer(
  response: ServerResponse,
  answer: HttpAnswer,
  correlationId: string,
  onRefusal: RefusalObserver,
): void | Promise<void> {
  response.statusCode = answer.status ?? 200;
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  if (answer.body.kind === 'chunked') return writeChunks(response, answer.body.asyncIterator);
  const { string: text } = answer.body;
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  const isRefusal = response.statusCode >= 400 && isJson;
  const body = toBody(isRefusal ? completeRefusal(text, response.statusCode, correlationId, onRefusal) : text);
  if (answer.goesTogether === true) return endTogether(response, body);
  response.end(body.content, body.encoding);
}

interface Body {
  readonly content: string | Buffer;
  /** How a text is encoded; bytes are written as they are. */
  readonly encoding: 'latin1' | 'utf8';
}

/** A text with a line break at its end. Apollo Server's own bring one along. */
function toBody(text: string): Body {
  const lineBreak = text.endsWith(LINE_BREAK) ? '' : LINE_BREAK;
  if (text.length >= LONG) return { content: bytesOf(text, lineBreak), encoding: 'utf8' };
  // Plain ASCII, most answers, is copied as it is; as UTF-8 each character would be looked at once more.
  return { content: text + lineBreak, encoding: Buffer.byteLength(text) === text.length ? 'latin1' : 'utf8' };
}

/** The bytes of a text that is most likely ASCII: then there are as many as characters, written and counted in one go. */
function bytesOf(text: string, lineBreak: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length + lineBreak.length);
  const { read, written } = utf8.encodeInto(text, bytes);
  if (read < text.length || written > text.length) return Buffer.from(text + lineBreak);
  bytes.write(lineBreak, written);
  return bytes;
}

/** Ends an answer at the same time as others. It is ready before: what it was made of is still in the processor's caches then. */
async function endTogether(response: ServerResponse, { content, encoding }: Body): Promise<void> {
  await answersTogether();
  response.end(content, encoding);
}

async function writeChunks(response: ServerResponse, chunks: AsyncIterable<string>): Promise<void> {
  for await (const chunk of chunks) response.write(chunk);
  response.end();
}

/**
 * Adds the correlation id to the errors of a request that Apollo Server refused before it was an operation. Errors of operations carry
 * it already.
 */
function completeRefusal(text: string, status: number, correlationId: string, onRefusal: RefusalObserver): string {
  const answer = JSON.parse(text) as { readonly errors?: readonly { readonly extensions?: Record<string, unknown> }[] };
  const errors = answer.errors?.map((error) => {
    if (error.extensions?.['correlationId'] !== undefined) return error;
    onRefusal({ status, code: String(error.extensions?.['code']), correlationId });
    return { ...error, extensions: { ...error.extensions, correlationId } };
  });
  return JSON.stringify({ ...answer, errors });
}
