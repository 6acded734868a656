import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { UpstreamError, type FailureKind } from '../../errors/upstream-error.ts';
import { BodyBuffer } from './body-buffer.ts';
import type { Trial } from './breaker.ts';
import type { CallObserver, CallScope, UpstreamCall } from './call.ts';
import { connectionError } from './connection-error.ts';
import type { BackendPool } from './connections.ts';
import type { Bounded, Deadlines } from './deadlines.ts';
import type { Gate } from './gate.ts';
import type { Waiter } from './turnstile.ts';

/** The way to one backend. */
export interface Route {
  readonly backend: string;
  /** What stands in front of every path. */
  readonly basePath: string;
  readonly pool: BackendPool;
  readonly gate: Gate;
  readonly deadlines: Deadlines;
  readonly observe: CallObserver;
}

/** How a send ended: by itself, by giving it up, or, its turn having come in vain, before it was dispatched. */
type Ending = 'over' | 'given up' | 'turned away';

/** A call that somebody waits for, through one send or several. */
export interface PendingCall<T> {
  readonly call: UpstreamCall<T>;
  readonly cancellation: CallScope['cancellation'];
  /** Until when an answer is wanted, the wait and the whole body included, milliseconds on the clock of `performance.now()`. */
  readonly end: number;
  /** The call is over. */
  readonly answered: (value: T) => void;
  /** This send has failed; whether the call goes on is for whoever is told to decide. */
  readonly sendFailed: (error: unknown) => void;
}

/**
 * One request and its whole answer, once, as soon as the gate lets it through. Redirects are not followed, statuses are not judged.
 * `pending.sendFailed` gets an UpstreamError `unavailable` or `timeout` with `sent: false` when the request never left; `timeout` when no whole
 * answer came in time; `cancelled` when nobody waited for it any more, never for a write that has left; `failed` when the connection
 * broke; `unreadable` when what came is not HTTP or is too large; or whatever the call's `read` throws.
 */
export function exchange<T>(route: Route, pending: PendingCall<T>): void {
  new Exchange(route, pending).begin();
}

/**
 * Waits for its turn, then listens to one dispatch. One object for both, since hundreds may wait. Bare `dispatch` instead of `request`,
 * because only here undici says when it starts to write: that instant separates "never sent" from "may have been applied".
 */
class Exchange<T> implements Dispatcher.DispatchHandler, Waiter, Bounded {
  readonly #route: Route;
  readonly #pending: PendingCall<T>;
  place: Waiter['place'];
  watched: Bounded['watched'];
  #body: BodyBuffer | undefined;
  /** When its turn came; undefined as long as it waits. */
  #start: number | undefined;
  #inside = false;
  #trial: Trial | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #settled = false;
  #status = 0;
  #headers: IncomingHttpHeaders = {};

  constructor(route: Route, pending: PendingCall<T>) {
    this.#route = route;
    this.#pending = pending;
  }

  get end(): number {
    return this.#pending.end;
  }

  begin(): void {
    const { cancellation, sendFailed } = this.#pending;
    if (cancellation.isCancelled) return sendFailed(this.#givenUp('cancelled'));
    if (performance.now() >= this.end) return sendFailed(this.#givenUp('timeout'));
    this.#route.deadlines.watch(this);
    cancellation.subscribe(this.#cancel);
    try {
      this.#route.gate.admit(this);
    } catch (error) {
      this.#fail(error);
    }
  }

  enter(): boolean {
    const { gate } = this.#route;
    const now = performance.now();
    // A busy process gets to an answer before it gets to the timers that are due.
    if (now >= this.end) {
      this.#fail(gate.turnAway('queue_time'));
      return false;
    }
    this.#start = now;
    if (gate.breaker.admits()) {
      this.#trial = gate.breaker.begin();
      this.#inside = true;
      // Not now: most requests that came together have got as far as this one by then, and what they write one right after the other costs less.
      queueMicrotask(() => this.#dispatch());
    } else {
      this.#fail(gate.turnAway('breaker'), 'turned away');
    }
    return this.#inside;
  }

  #dispatch(): void {
    // Given up in the meantime.
    if (this.#settled) return;
    const { basePath, pool } = this.#route;
    const { method, path, headers, body } = this.#pending.call.request;
    try {
      pool.dispatch({ method, path: basePath + path, headers, body }, this);
    } catch (error) {
      this.#fail(error);
    }
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
    this.#body ??= new BodyBuffer();
    this.#body.add(chunk);
  }

  onResponseEnd(): void {
    if (this.#settled) return;
    let value: T;
    try {
      value = this.#pending.call.read({
        status: this.#status,
        contentType: single(this.#headers['content-type']),
        contentEncoding: single(this.#headers['content-encoding']),
        retryAfter: single(this.#headers['retry-after']),
        body: this.#body ?? new BodyBuffer(),
      });
    } catch (error) {
      return this.#fail(error);
    }
    this.#settle(undefined);
    this.#pending.answered(value);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(connectionError(this.#route.backend, error, this.#controller !== undefined));
  }

  readonly #cancel = (): void => {
    // A write that has left cannot be called back; what becomes of it has to be known.
    if (this.#pending.call.request.method !== 'GET' && this.#controller !== undefined) return;
    this.#abort(this.#givenUp('cancelled'));
  };

  late(): void {
    this.#abort(this.#start === undefined ? this.#route.gate.turnAway('queue_time') : this.#givenUp('timeout'));
  }

  #abort(error: UpstreamError): void {
    if (this.#settled) return;
    // First, so that what undici says of its end is no news.
    this.#settled = true;
    this.#controller?.abort(error);
    this.#settle(error, 'given up');
    this.#pending.sendFailed(error);
  }

  #givenUp(kind: Extract<FailureKind, 'timeout' | 'cancelled'>): UpstreamError {
    const detail = kind === 'timeout' ? 'deadline passed' : 'the client went away';
    return new UpstreamError({ backend: this.#route.backend, kind, sent: this.#controller !== undefined, detail });
  }

  #fail(error: unknown, ending: Ending = 'over'): void {
    if (this.#settled) return;
    this.#settle(error, ending);
    this.#pending.sendFailed(error);
  }

  #settle(error: unknown, ending: Ending = 'over'): void {
    const { backend, gate, observe } = this.#route;
    this.#settled = true;
    this.#route.deadlines.forget(this);
    this.#pending.cancellation.unsubscribe(this.#cancel);
    if (this.#start === undefined) return gate.forget(this);
    if (ending === 'turned away') return;
    const durationMs = performance.now() - this.#start;
    const failure = error instanceof UpstreamError ? error.kind : 'bug';
    const result = error === undefined ? 'ok' : failure;
    observe({ backend, endpoint: this.#pending.call.endpoint, result, durationMs });
    const decided = gate.breaker.end(this.#trial, error, durationMs);
    if (!this.#inside) return;
    // Whoever left, or was late, may have others waiting that are given up in this turn as well: none of those is to be next.
    if (ending === 'given up') setImmediate(() => gate.leave());
    else if (decided === undefined) gate.leave();
    else void decided.then(() => gate.leave());
  }
}

/** A header that was sent more than once arrives as a list: the same value twice is that value, different ones are no value we know. */
function single(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? [...new Set(value)].join(', ') : value;
}
