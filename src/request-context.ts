import type { Caller } from './access/caller.ts';
import type { backends } from './backends/index.ts';
import type { Backend, Cancellation } from './backends/backend.ts';

type ClientOf<B> = B extends Backend<string, infer Client> ? Client : never;

/** One client for each backend of a list, by name, each with loaders of its own for this request. */
export type ClientsOf<List extends readonly Backend[]> = {
  readonly [B in List[number] as B['name']]: ClientOf<B>;
};

export type BackendClients = ClientsOf<typeof backends>;

/** Whose credential signs the calls to a backend. */
export interface CredentialUse {
  readonly mode: 'service' | 'forward';
  /** Tells callers apart that send credentials of their own; absent when there was none. */
  readonly fingerprint?: string;
}

/** What resolvers get: made anew for every request, shared with no other. */
export interface RequestContext {
  readonly correlationId: string;
  /** Whether the client has left. */
  readonly cancellation: Cancellation;
  /** Who asks, and what that caller may do. */
  readonly caller: Caller;
  /** Of the caller's W3C trace. */
  readonly traceId: string | undefined;
  /** Whose credential signs the calls, by backend. A function: only writes ask. */
  readonly credentials: () => Readonly<Record<string, CredentialUse>>;
  readonly backends: BackendClients;
  /** Limits that only validation can hold up: they are about values, not about the document. */
  readonly limits: { readonly listIds: number; readonly jsonDepth: number };
  /** Secrets and addresses that must not stand in an answer: configured ones and what this caller sent. */
  readonly sensitive: readonly string[];
}
