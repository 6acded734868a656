import type { ServerResponse } from 'node:http';
import type { HTTPGraphQLResponse } from '@apollo/server';
import type { Refusal } from './refuse.ts';

/** Characters from which on a text is better encoded once: node goes over it twice, for its length and for its bytes. */
const LONG = 16_384;

/** Told of every request that was refused before it was an operation. */
type RefusalObserver = (refusal: Refusal) => void;

/** Writes an answer. What comes in parts is written when the promise resolves. */
export function writeAnswer(
  response: ServerResponse,
  answer: HTTPGraphQLResponse,
  correlationId: string,
  onRefusal: RefusalObserver,
): void | Promise<void> {
  response.statusCode = answer.status ?? 200;
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  if (answer.body.kind === 'chunked') return writeChunks(response, answer.body.asyncIterator);
  const { string: text } = answer.body;
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  if (response.statusCode >= 400 && isJson) {
    response.end(completeRefusal(text, response.statusCode, correlationId, onRefusal));
  } else {
    endWith(response, text);
  }
}

function endWith(response: ServerResponse, text: string): void {
  // Plain ASCII, most answers, is copied as it is; as UTF-8 each character would be looked at once more.
  if (Buffer.byteLength(text) === text.length) response.end(text, 'latin1');
  else response.end(text.length < LONG ? text : Buffer.from(text));
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
