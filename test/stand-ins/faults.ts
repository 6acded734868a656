import { answerFaults } from './answer-faults.ts';
import { connectionFaults } from './connection-faults.ts';
import type { Exchange, RecordedRequest } from './exchange.ts';

/** A way to spoil one exchange. */
export interface Fault {
  readonly kind: string;
  play(exchange: Exchange): void | Promise<void>;
}

/** A path given as text must equal the whole path, or the path without its query string. */
export type RequestMatch =
  ((request: RecordedRequest) => boolean) | { readonly method?: string; readonly path?: string | RegExp };

export interface PlantedFault {
  /** Settles with the first request that meets the fault. */
  readonly arrived: Promise<RecordedRequest>;
  /** How many requests have met the fault so far. */
  readonly uses: number;
  remove(): void;
}

/**
 * The switchboard of one stand-in. Limited faults come before permanent ones and are spent in the
 * order of planting; of several permanent faults the newest that matches wins.
 */
export interface Faults {
  once(fault: Fault, match?: RequestMatch): PlantedFault;
  times(count: number, fault: Fault, match?: RequestMatch): PlantedFault;
  always(fault: Fault, match?: RequestMatch): PlantedFault;
  clear(): void;
  /** Limited faults that no request has met yet. A test that planted them can expect 0 at its end. */
  readonly unspent: number;
}

interface Entry {
  readonly fault: Fault;
  readonly match: RequestMatch | undefined;
  readonly announce: (request: RecordedRequest) => void;
  left: number;
  uses: number;
}

/** Every kind of fault, by name: `stand-in.faults.once(fault.answer(503))`. */
export const fault = { ...answerFaults, ...connectionFaults };

/** Tells whether a request is one that the match describes. */
export function matches(match: RequestMatch | undefined, request: RecordedRequest): boolean {
  if (match === undefined) return true;
  if (typeof match === 'function') return match(request);
  if (match.method !== undefined && match.method !== request.method) return false;
  if (match.path === undefined) return true;
  if (typeof match.path !== 'string') return new RegExp(match.path).test(request.path);
  return match.path === request.path || match.path === request.path.split('?', 1)[0];
}

/** Creates an empty switchboard; `take` spends and returns the fault for a request, if any. */
export function createFaults(): {
  faults: Faults;
  take: (request: RecordedRequest) => Fault | undefined;
} {
  let entries: Entry[] = [];

  function plant(left: number, chosen: Fault, match?: RequestMatch): PlantedFault {
    let announce: (request: RecordedRequest) => void = () => undefined;
    const arrived = new Promise<RecordedRequest>((resolve) => {
      announce = resolve;
    });
    const entry: Entry = { fault: chosen, match, announce, left, uses: 0 };
    // Newest permanent fault first, so that a general one can be refined later in a test.
    entries = left === Infinity ? [entry, ...entries] : [...entries, entry];
    return {
      arrived,
      get uses() {
        return entry.uses;
      },
      remove() {
        entries = entries.filter((other) => other !== entry);
      },
    };
  }

  function take(request: RecordedRequest): Fault | undefined {
    const open = entries.filter((entry) => entry.left > 0 && matches(entry.match, request));
    const entry = open.find((candidate) => candidate.left !== Infinity) ?? open[0];
    if (entry === undefined) return undefined;
    entry.left -= 1;
    entry.uses += 1;
    entry.announce(request);
    return entry.fault;
  }

  return {
    take,
    faults: {
      once: (chosen, match) => plant(1, chosen, match),
      times: (count, chosen, match) => plant(count, chosen, match),
      always: (chosen, match) => plant(Infinity, chosen, match),
      clear() {
        entries = [];
      },
      get unspent() {
        return entries.reduce((sum, { left }) => sum + (left === Infinity ? 0 : left), 0);
      },
    },
  };
}
