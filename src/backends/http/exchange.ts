import type { IncomingHttpHeaders } from 'node:http';
import { errors, type Dispatcher, type Pool } from 'undici';
import { UpstreamError } from '../../errors/upstream-error.ts';
import type { Cancellation } from '../backend.ts';
import { BodyBuffer } from './body-buffer.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'PATCH' | 'PUT';
  /** Path and query below the backend's base URL, already encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly retryAfter: string | undefined;
  readonly body: Buffer;
}

export interface ExchangeOptions {
  readonly backend: string;
  /** For the whole exchange, body included, milliseconds. */
  readonly timeoutMs: number;
  readonly cancellation: Cancellation;
}

/**
 * One request and its whole answer, once. Redirects are not followed, statuses are not judged.
 * @throws UpstreamError `unavailable` or `timeout` with `sent: false` when the request never left; `timeout` when no whole answer
 *   came in time; `cancelled` when nobody waited for it any more, never for a write that has left; `failed` when the connection
 *   broke; `unreadable` when what came is not HTTP or is too large.
 */
export function exchange(pool: Pool, request: HttpRequest, options: ExchangeOptions): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    pool.dispatch(request, new Exchange(request.method !== 'GET', options, resolve, reject));
  });
}

/**
 * Listens to one dispatch. Bare `dispatch` instead of `request`, because only here undici says when it starts to write: that instant
 * separates "never sent" from "may have been applied".
 */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #write: boolean;
  readonly #options: ExchangeOptions;
  readonly #resolve: (response: HttpResponse) => void;
  readonly #reject: (error: UpstreamError) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #body = new BodyBuffer();
  #controller: Dispatcher.DispatchController | undefined;
  #settled = false;
  #status = 0;
  #headers: IncomingHttpHeaders = {};

  constructor(
    write: boolean,
    options: ExchangeOptions,
    resolve: (response: HttpResponse) => void,
    reject: (error: UpstreamError) => void,
  ) {
    this.#write = write;
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(() => this.#giveUp('timeout', 'deadline passed'), options.timeoutMs);
    options.cancellation.subscribe(this.#cancel);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Too late (the outcome was told as NOT_APPLIED), or undici's own second try: either way these bytes must not leave.
    if (this.#settled || this.#controller !== undefined) {
      controller.abort(new Error('a request is written once and in time, or not at all'));
      return;
    }
    this.#controller = controller;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#body.add(chunk);
  }

  onResponseEnd(): void {
    if (!this.#settle()) return;
    this.#resolve({
      status: this.#status,
      contentType: single(this.#headers['content-type']),
      contentEncoding: single(this.#headers['content-encoding']),
      retryAfter: single(this.#headers['retry-after']),
      body: this.#body.bytes(),
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#settle()) this.#reject(this.#toUpstreamError(error));
  }

  readonly #cancel = (): void => {
    // A write that has left cannot be called back; what becomes of it has to be known.
    if (this.#write && this.#controller !== undefined) return;
    this.#giveUp('cancelled', 'the client went away');
  };

  #giveUp(kind: 'timeout' | 'cancelled', detail: string): void {
    if (!this.#settle()) return;
    const sent = this.#controller !== undefined;
    this.#controller?.abort(new Error(detail));
    this.#reject(new UpstreamError({ backend: this.#options.backend, kind, sent, detail }));
  }

  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#options.cancellation.unsubscribe(this.#cancel);
    return true;
  }

  #toUpstreamError(cause: Error): UpstreamError {
    const code = errorCode(cause);
    const sent = this.#controller !== undefined;
    const common = { backend: this.#options.backend, sent, detail: code, cause };
    if (!sent) {
      const kind = code === 'UND_ERR_CONNECT_TIMEOUT' ? 'timeout' : 'unavailable';
      return new UpstreamError({ ...common, kind, transient: TRANSIENT_CONNECT_ERRORS.has(code) });
    }
    if (isNotHttp(cause) || UNREADABLE.has(code)) return new UpstreamError({ ...common, kind: 'unreadable' });
    return new UpstreamError({ ...common, kind: 'failed', transient: true });
  }
}

/** A header that was sent more than once arrives as a list: the same value twice is that value, different ones are no value we know. */
function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? [...new Set(value)].join(', ') : value;
}

/** Connect failures that the next second may cure; a certificate that is not trusted is not among them. */
const TRANSIENT_CONNECT_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
]);

/** undici's names for an answer that came but is too large to be used. */
const UNREADABLE = new Set(['UND_ERR_HEADERS_OVERFLOW', 'UND_ERR_RES_EXCEEDED_MAX_SIZE']);

/**
 * Whether the parser met bytes that are no HTTP. Without any data in hand it only met the end of the connection: then the answer was
 * cut off, which is another thing.
 */
function isNotHttp(error: Error): boolean {
  return error instanceof errors.HTTPParserError && 'data' in error && Boolean(error.data);
}

function errorCode(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
