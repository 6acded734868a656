import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher, Pool } from 'undici';
import { UpstreamError, type FailureKind } from '../../errors/upstream-error.ts';
import { BodyBuffer } from './body-buffer.ts';
import type { Trial } from './breaker.ts';
import type { CallObserver, CallScope, UpstreamCall } from './call.ts';
import { connectionError } from './connection-error.ts';
import type { Gate } from './gate.ts';
import type { Waiter } from './turnstile.ts';

/** The way to one backend. */
export interface Route {
  readonly backend: string;
  /** What stands in front of every path. */
  readonly basePath: string;
  readonly pool: Pool;
  readonly gate: Gate;
  readonly observe: CallObserver;
}

/** How a send ended: by itself, by giving it up, or, its turn having come in vain, before it was dispatched. */
type Ending = 'over' | 'given up' | 'turned away';

const NOTHING = Buffer.alloc(0);

/** Until when somebody wants the answer. */
export interface Patience {
  readonly cancellation: CallScope['cancellation'];
  /** The wait and the body of the answer included, milliseconds on the clock of `performance.now()`. */
  readonly end: number;
}

/**
 * One request and its whole answer, once, as soon as the gate lets it through. Redirects are not followed, statuses are not judged.
 * Callbacks instead of a promise, since the caller has one already.
 * @param reject gets an UpstreamError `unavailable` or `timeout` with `sent: false` when the request never left; `timeout` when no whole answer
 *   came in time; `cancelled` when nobody waited for it any more, never for a write that has left; `failed` when the connection
 *   broke; `unreadable` when what came is not HTTP or is too large; or whatever the call's `read` throws
 */
export function exchange<T>(
  route: Route,
  call: UpstreamCall<T>,
  patience: Patience,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): void {
  new Exchange(route, call, patience, resolve, reject).begin();
}

/**
 * Waits for its turn, then listens to one dispatch. One object for both, since hundreds may wait. Bare `dispatch` instead of `request`,
 * because only here undici says when it starts to write: that instant separates "never sent" from "may have been applied".
 */
class Exchange<T> implements Dispatcher.DispatchHandler, Waiter {
  place: Waiter['place'];
  readonly #route: Route;
  readonly #call: UpstreamCall<T>;
  readonly #cancellation: CallScope['cancellation'];
  readonly #resolve: (value: T) => void;
  readonly #reject: (error: unknown) => void;
  readonly #end: number;
  #body: BodyBuffer | undefined;
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
    call: UpstreamCall<T>,
    { cancellation, end }: Patience,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
  ) {
    this.#route = route;
    this.#call = call;
    this.#cancellation = cancellation;
    this.#end = end;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  begin(): void {
    const timeLeft = this.#end - performance.now();
    if (this.#cancellation.isCancelled) return this.#reject(this.#givenUp('cancelled'));
    if (timeLeft <= 0) return this.#reject(this.#givenUp('timeout'));
    this.#timer = setTimeout(() => this.#late(), timeLeft);
    this.#cancellation.subscribe(this.#cancel);
    try {
      this.#route.gate.admit(this);
    } catch (error) {
      this.#fail(error);
    }
  }

  enter(): boolean {
    const { basePath, pool, gate } = this.#route;
    const { method, path, headers, body } = this.#call.request;
    const now = performance.now();
    // A busy process gets to an answer before it gets to the timers that are due.
    if (now >= this.#end) {
      this.#fail(gate.turnAway('queue_time'));
      return false;
    }
    this.#start = now;
    if (gate.breaker.admits()) {
      this.#trial = gate.breaker.begin();
      try {
        pool.dispatch({ method, path: basePath + path, headers, body }, this);
      } catch (error) {
        this.#fail(error);
      }
    } else {
      this.#fail(gate.turnAway('breaker'), 'turned away');
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
    this.#body ??= new BodyBuffer();
    this.#body.add(chunk);
  }

  onResponseEnd(): void {
    if (this.#settled) return;
    let value: T;
    try {
      value = this.#call.read({
        status: this.#status,
        contentType: single(this.#headers['content-type']),
        contentEncoding: single(this.#headers['content-encoding']),
        retryAfter: single(this.#headers['retry-after']),
        body: this.#body?.bytes() ?? NOTHING,
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
    if (this.#call.request.method !== 'GET' && this.#controller !== undefined) return;
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
    this.#settle(error, 'given up');
    this.#reject(error);
  }

  #givenUp(kind: Extract<FailureKind, 'timeout' | 'cancelled'>): UpstreamError {
    const detail = kind === 'timeout' ? 'deadline passed' : 'the client went away';
    return new UpstreamError({ backend: this.#route.backend, kind, sent: this.#controller !== undefined, detail });
  }

  #fail(error: unknown, ending: Ending = 'over'): void {
    if (this.#settled) return;
    this.#settle(error, ending);
    this.#reject(error);
  }

  #settle(error: unknown, ending: Ending = 'over'): void {
    const { backend, gate, observe } = this.#route;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#cancellation.unsubscribe(this.#cancel);
    if (this.#start === undefined) return gate.forget(this);
    if (ending === 'turned away') return;
    const durationMs = performance.now() - this.#start;
    const failure = error instanceof UpstreamError ? error.kind : 'bug';
    const result = error === undefined ? 'ok' : failure;
    observe({ backend, endpoint: this.#call.endpoint, result, durationMs });
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
