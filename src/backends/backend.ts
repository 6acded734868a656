import type { z } from 'zod';
import type { CallObserver } from './http/call.ts';
import type { Secret } from './secret.ts';

/**
 * What every backend has to offer, and nothing about its domain: the contract is about life (settings, one client a request,
 * readiness, closing). Domain methods stay on each backend's own client under their own types.
 */
export interface Backend<Name extends string = string, Client = unknown> {
  /** Name in errors, metrics and `/readyz`. */
  readonly name: Name;
  /** Its settings by environment variable; the names start with a prefix of its own. */
  readonly settings: z.ZodObject;
  /** Checks its settings. */
  configure(values: SettingValues): Configured<Client>;
}

/** The environment, without variables that are empty. */
export type SettingValues = Readonly<Record<string, string>>;

/** Settings that hold, ready to connect with; or every fault found in them, each naming its variable. */
export type Configured<Client> =
  { readonly connect: (service: ServiceHooks) => BackendConnection<Client> } | { readonly faults: readonly string[] };

export type CredentialMode = 'service' | 'forward';

/** What the service gives each backend. */
export interface ServiceHooks {
  readonly observe: CallObserver;
  /** The part of the limits on concurrent work that this process may use, above 0 and at most 1: less than 1 where several share them. */
  readonly share: number;
}

export interface BackendConnection<Client = unknown> {
  /** Configured secrets, used or not: their words stand in no answer and in no log line. */
  readonly secrets: readonly Secret[];
  /** Forms of the backend's address: in no answer. A log may name them, whoever reads it has to find the backend. */
  readonly addresses: readonly string[];
  /** Whose credential signs calls: the configured one, or the caller's own. */
  readonly credentialMode: CredentialMode;
  /** Header names, lower case, whose values are credentials when a caller sends them. */
  readonly credentialHeaders: readonly string[];
  /** A client with fresh loaders. Loaders never outlive a request, so that callers cannot see each other's data. */
  forRequest(scope: RequestScope): Client;
  /** Whether the backend can be reached right now; sends no request. */
  probe(): Promise<boolean>;
  status(): BackendStatus;
  /** Closes every connection. The service calls it when no request is left. */
  close(): Promise<void>;
}

/** `open`: calls are turned away. `half-open`: all but one, whose outcome decides. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** Why a call was turned away before anything was sent: breaker open, too many waiting, its turn did not come in time. */
export type ShedReason = 'breaker' | 'queue_full' | 'queue_time';

/** How the way to a backend looks from here. */
export interface BackendStatus {
  readonly breaker: BreakerState;
  /** Sends under way. */
  readonly inFlight: number;
  /** Sends that wait for their turn. */
  readonly waiting: number;
  /** Since the start: sends turned away. */
  readonly shed: Readonly<Record<ShedReason, number>>;
  /** Since the start: sends that were repeats, and repeats that the budget refused. */
  readonly repeats: { readonly sent: number; readonly refused: number };
}

/** What a backend may know of the request it works for. */
export interface RequestScope {
  /** End of the operation, milliseconds on the clock of `performance.now()`. */
  readonly deadline: number;
  readonly cancellation: Cancellation;
  /** The caller's W3C `traceparent`, when it is one. */
  readonly traceparent: string | undefined;
  /** A credential header of the caller, by lower-case name; undefined when absent or empty. */
  header(name: string): string | undefined;
}

/**
 * Tells that nobody waits for the outcome of a request any more, because its client has gone away. What has not been sent by then never
 * is, and reads are given up. A write that was sent is awaited all the same: what became of it has to be known.
 */
export interface Cancellation {
  readonly isCancelled: boolean;
  /** Has `listener` called once, at the moment of cancelling; not any more when that is over. */
  subscribe(listener: () => void): void;
  unsubscribe(listener: () => void): void;
}

/** Builds a Backend from its settings schema and from what to do with valid settings. */
export function defineBackend<const Name extends string, Settings extends z.ZodObject, Client>(definition: {
  readonly name: Name;
  readonly settings: Settings;
  /** Rules between settings, checked even where single ones are malformed, so that one message names all faults. */
  readonly rules: (values: SettingValues) => readonly string[];
  readonly connect: (settings: z.output<Settings>, service: ServiceHooks) => BackendConnection<Client>;
}): Backend<Name, Client> {
  const { name, settings, rules, connect } = definition;
  return {
    name,
    settings,
    configure(values) {
      const parsed = settings.safeParse(values);
      const broken = rules(values);
      if (!parsed.success) return { faults: [...settingFaults(parsed.error), ...broken] };
      return broken.length > 0 ? { faults: broken } : { connect: (service) => connect(parsed.data, service) };
    },
  };
}

/** zod's issues as one line each, without the value: it may be a secret. */
export function settingFaults(error: z.ZodError): readonly string[] {
  return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}
