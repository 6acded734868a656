import type { RequestScope } from '../backend.ts';
import type { Secret } from '../secret.ts';
import type { BodyBuffer } from './body-buffer.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'PATCH' | 'PUT';
  /** Path and query below the backend's base URL, already encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text; null for none. */
  readonly body: string | null;
}

export interface HttpResponse {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly retryAfter: string | undefined;
  readonly body: BodyBuffer;
}

/** Told of every request that had its turn, repeated ones included. `result` is `ok` or the kind of failure. */
export type CallObserver = (call: {
  readonly backend: string;
  readonly endpoint: string;
  readonly result: string;
  readonly durationMs: number;
}) => void;

export interface UpstreamCall<T> {
  /** Address template without ids, for metrics and logs. */
  readonly endpoint: string;
  readonly request: HttpRequest;
  /** The configured secret that signs it; undefined when the caller's own does. */
  readonly secret: Secret | undefined;
  /** Turns an answer into what the caller wants, or throws an UpstreamError. */
  readonly read: (response: HttpResponse) => T;
  /** Of a read: what it means that there is no such record; undefined where that is a failure, as it always is of a write. */
  readonly ifNotFound: T | undefined;
}

/** What a send has to know of the request it is made for. */
export type CallScope = Pick<RequestScope, 'deadline' | 'cancellation'>;
