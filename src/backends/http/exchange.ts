import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher, Pool } from 'undici';
import { UpstreamError, type FailureKind } from '../../errors/upstream-error.ts';
import type { RequestScope } from '../backend.ts';
import { BodyBuffer } from './body-buffer.ts';
import type { Trial } from './breaker.ts';
import { connectionError } from './connection-error.ts';
import type { Gate } from './gate.ts';
import type { Waiter } from './turnstile.ts';

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

/** What a send has to know of the request it is made for. */
export type CallScope = Pick<RequestScope, 'deadline' | 'cancellation'>;

/** The way to one backend. */
export interface Route {
  readonly backend: string;
  readonly pool: Pool;
  readonly gate: Gate;
}

export interface ExchangeOptions<T> {
  readonly request: HttpRequest;
  readonly cancellation: CallScope['cancellation'];
  /** Until when, its wait and the body of the answer included, milliseconds on the clock of `performance.now()`. */
  readonly end: number;
  /** Turns the answer into what the caller wants, or throws an UpstreamError. */
  readonly read: (response: HttpResponse) => T;
  /** Told of every request that had its turn. `result` is `ok` or the kind of failure. */
  readonly observe: (result: string, durationMs: number) => void;
}

/**
 * One request and its whole answer, once, as soon as the gate lets it through. Redirects are not followed, statuses are not judged.
 * @throws UpstreamError `unavailable` or `timeout` with `sent: false` when the request never left; `timeout` when no whole answer
 *   came in time; `cancelled` when nobody waited for it any more, never for a write that has left; `failed` when the connection
 *   broke; `unreadable` when what came is not HTTP or is too large; whatever `read` throws
 */
export function exchange<T>(route: Route, options: ExchangeOptions<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    new Exchange(route, options, resolve, reject).begin();
  });
}

/**
 * Waits for its turn, then listens to one dispatch. One object for both, since hundreds may wait. Bare `dispatch` instead of `request`,
 * because only here undici says when it starts to write: that instant separates "never sent" from "may have been applied".
 */
class Exchange<T> implements Dispatcher.DispatchHandler, Waiter {
  readonly #route: Route;
  readonly #options: ExchangeOptions<T>;
  readonly #resolve: (value: T) => void;
  readonly #reject: (error: unknown) => void;
  readonly #body = new BodyBuffer();
  #timer: NodeJS.Timeout | undefined;
  /** When its turn came; undefined as long as it waits. */
  #start: number | undefined;
  #inside = false;
  #trial: Trial | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #settled = false;
  #status = 0;
  #headers: IncomingHttpHeaders = {};

  constructor(
    route: Route,
    options: ExchangeOptions<T>,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
  ) {
    this.#route = route;
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin(): void {
    const { cancellation, end } = this.#options;
    const timeLeft = end - performance.now();
    if (cancellation.isCancelled) return this.#reject(this.#givenUp('cancelled'));
    if (timeLeft <= 0) return this.#reject(this.#givenUp('timeout'));
    this.#timer = setTimeout(() => this.#late(), timeLeft);
    cancellation.subscribe(this.#cancel);
    try {
      this.#route.gate.admit(this);
    } catch (error) {
      this.#fail(error);
    }
  }

  enter(): boolean {
    const { pool, gate } = this.#route;
    this.#start = performance.now();
    if (gate.breaker.admits()) {
      this.#trial = gate.breaker.begin();
      try {
        pool.dispatch(this.#options.request, this);
      } catch (error) {
        this.#fail(error);
      }
    } else {
      this.#fail(gate.turnAway('breaker'), false);
    }
    // Undici may have refused it by now.
    this.#inside = !this.#settled;
    return this.#inside;
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
    if (this.#settled) return;
    let value: T;
    try {
      value = this.#options.read({
        status: this.#status,
        contentType: single(this.#headers['content-type']),
        contentEncoding: single(this.#headers['content-encoding']),
        retryAfter: single(this.#headers['retry-after']),
        body: this.#body.bytes(),
      });
    } catch (error) {
      return this.#fail(error);
    }
    this.#settle(undefined);
    this.#resolve(value);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(connectionError(this.#route.backend, error, this.#controller !== undefined));
  }

  readonly #cancel = (): void => {
    // A write that has left cannot be called back; what becomes of it has to be known.
    if (this.#options.request.method !== 'GET' && this.#controller !== undefined) return;
    this.#abort(this.#givenUp('cancelled'));
  };

  #late(): void {
    this.#abort(this.#start === undefined ? this.#route.gate.turnAway('queue_time') : this.#givenUp('timeout'));
  }

  #abort(error: UpstreamError): void {
    if (this.#settled) return;
    // First, so that what undici says of its end is no news.
    this.#settled = true;
    this.#controller?.abort(error);
    this.#settle(error);
    this.#reject(error);
  }

  #givenUp(kind: Extract<FailureKind, 'timeout' | 'cancelled'>): UpstreamError {
    const detail = kind === 'timeout' ? 'deadline passed' : 'the client went away';
    return new UpstreamError({ backend: this.#route.backend, kind, sent: this.#controller !== undefined, detail });
  }

  #fail(error: unknown, dispatched = true): void {
    if (this.#settled) return;
    this.#settle(error, dispatched);
    this.#reject(error);
  }

  /** @param dispatched false when its turn came in vain */
  #settle(error: unknown, dispatched = true): void {
    const { cancellation, observe } = this.#options;
    const { gate } = this.#route;
    this.#settled = true;
    clearTimeout(this.#timer);
    cancellation.unsubscribe(this.#cancel);
    if (this.#start === undefined) return gate.forget(this);
    if (!dispatched) return;
    const durationMs = performance.now() - this.#start;
    const failure = error instanceof UpstreamError ? error.kind : 'bug';
    observe(error === undefined ? 'ok' : failure, durationMs);
    const decided = gate.breaker.end(this.#trial, error, durationMs);
    if (!this.#inside) return;
    if (decided === undefined) gate.leave();
    else void decided.then(() => gate.leave());
  }
}

/** A header that was sent more than once arrives as a list: the same value twice is that value, different ones are no value we know. */
function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? [...new Set(value)].join(', ') : value;
}
