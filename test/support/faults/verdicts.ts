import type { Moment } from '../failing-calls.ts';

/** What a client is told: the code of the one error, or `none`; whether to repeat; of a write also what became of it. */
export interface Told {
  readonly code: string;
  readonly retryable: boolean | null;
  readonly outcome: 'APPLIED' | 'NOT_APPLIED' | 'UNKNOWN' | null;
}

/** What the contract says about a fault: what a client is told, and how many requests arrive at the backend. */
export interface Verdict {
  readonly told: Readonly<Record<Moment, Told>>;
  readonly arrivals: Readonly<Record<Moment, number>>;
}

type Retryable = 'never' | 'reads' | 'always';

function verdict(code: string, retryable: Retryable, outcome: Told['outcome'], read = 1, write = 1): Verdict {
  return {
    told: {
      read: { code, retryable: retryable !== 'never', outcome: null },
      write: { code, retryable: retryable === 'always', outcome },
    },
    arrivals: { read, write },
  };
}

/** The operation succeeds. */
export const TAKEN: Verdict = {
  told: {
    read: { code: 'none', retryable: null, outcome: null },
    write: { code: 'none', retryable: null, outcome: 'APPLIED' },
  },
  arrivals: { read: 1, write: 1 },
};

/** Nothing was sent, and another time it may be. */
export const NOT_SENT = verdict('UPSTREAM_UNAVAILABLE', 'always', 'NOT_APPLIED', 0, 0);
/** Time was over before anything was sent. */
export const LATE_NOT_SENT = verdict('UPSTREAM_TIMEOUT', 'reads', 'NOT_APPLIED', 0, 0);
/** Time was over after sending. */
export const LATE = verdict('UPSTREAM_TIMEOUT', 'reads', 'UNKNOWN');
/** The connection broke after sending: a read is repeated, a write is not. */
export const BROKEN = verdict('UPSTREAM_ERROR', 'reads', 'UNKNOWN', 3);
/** The backend says that it failed, with a status that no gateway uses: nothing is repeated. */
export const FAILED = verdict('UPSTREAM_ERROR', 'reads', 'UNKNOWN');
/** A gateway says that the backend failed: a read is repeated. */
export const GATEWAY_FAILED = BROKEN;
/** An answer that cannot be used. */
export const UNUSABLE = verdict('UPSTREAM_BAD_RESPONSE', 'never', 'UNKNOWN');
/** The backend says that it cannot take the request now. */
export const BUSY = verdict('UPSTREAM_UNAVAILABLE', 'always', 'NOT_APPLIED', 3, 1);
export const TOO_EARLY = verdict('UPSTREAM_UNAVAILABLE', 'always', 'NOT_APPLIED');
export const RATE_LIMITED = verdict('RATE_LIMITED', 'always', 'NOT_APPLIED');

/** The backend says no. */
export function refused(code: string): Verdict {
  return verdict(code, 'never', 'NOT_APPLIED');
}

/** The record is not there: null for a read, an error for a write. */
export const NOT_THERE: Verdict = {
  told: { read: TAKEN.told.read, write: refused('NOT_FOUND').told.write },
  arrivals: { read: 1, write: 1 },
};

/** The same told, other numbers of requests. */
export function arriving(base: Verdict, read: number, write: number): Verdict {
  return { ...base, arrivals: { read, write } };
}

/** Codes after which a write may have been applied: the only ones beside which `UNKNOWN` may stand. */
export const CODES_OF_DOUBT: readonly string[] = [
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_ERROR',
  'UPSTREAM_BAD_RESPONSE',
  'INTERNAL_SERVER_ERROR',
];
