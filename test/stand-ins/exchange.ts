import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { JsonValue } from './json.ts';

/** One request as it came over the socket, kept after it was answered. */
export interface RecordedRequest {
  readonly method: string;
  /** Path with the query string, exactly as received. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, with the sender's spelling and repetitions. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
  readonly bodyBytes: Buffer;
  /** The parsed body; `undefined` when it is empty or not JSON. */
  readonly bodyJson: JsonValue | undefined;
  /** Counts from 1 per stand-in; the same number means the same connection. */
  readonly connectionId: number;
  /** Settles when the exchange is over: fully answered, or the connection went away first. */
  readonly ended: Promise<'answered' | 'dropped'>;
}

/** A header set to `null` is left out, also where a default would apply. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | null>>;

/** A `Buffer` is sent as it is; everything else is written as JSON. */
export interface Answer {
  readonly status: number;
  readonly headers?: AnswerHeaders;
  readonly body: JsonValue | Buffer;
}

/** What a fault can do with one request. */
export interface Exchange {
  readonly request: RecordedRequest;
  readonly response: ServerResponse;
  /** Lets the domain handle the request, at most once, and returns its answer. */
  apply(): Promise<Answer>;
  /** Ends the connection with a TCP reset. */
  reset(): void;
  /** Ends our half of the connection in an orderly way. */
  endConnection(): void;
}

export interface RenderedAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly bytes: Buffer;
}

/** Turns an answer into bytes; `content-type` is JSON unless the answer says otherwise. */
export function renderAnswer(answer: Answer): RenderedAnswer {
  const headers: Record<string, string | string[]> = {};
  const wanted: AnswerHeaders = { 'content-type': 'application/json', ...lowerCased(answer) };
  for (const [name, value] of Object.entries(wanted)) {
    if (value !== null) headers[name] = value;
  }
  const bytes = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(JSON.stringify(answer.body));
  return { status: answer.status, headers, bytes };
}

/** Sends a complete answer with the right length. */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  const { status, headers, bytes } = renderAnswer(answer);
  const length = status === 204 || status === 304 ? {} : { 'content-length': bytes.length };
  response.writeHead(status, { ...length, ...headers });
  response.end(bytes);
}

function lowerCased(answer: Answer): AnswerHeaders {
  const entries = Object.entries(answer.headers ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value]));
}
