import type { Ending } from './send.ts';
import type { AskedWrite, Kind, SoakRequest } from './requests.ts';
import { KINDS } from './requests.ts';
import type { Recorded, Told, Write } from './truth.ts';

interface AnswerBody {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions?: { readonly outcome?: string };
  }[];
}

/** A request that an open connection took and that got no whole answer. */
export interface CutOff {
  readonly id: string;
  readonly kind: Kind;
  /** When the request was out, on the clock of `performance.now()`. */
  readonly sentAt: number;
  readonly reason: string;
}

/** What clients asked for and what they were told. */
export interface Ledger {
  readonly writes: readonly Write[];
  readonly requests: Readonly<Record<Kind, number>>;
  readonly endings: Readonly<Record<Ending['how'], number>>;
  readonly cutOff: readonly CutOff[];
  /** Answers with status 5xx, and hostile requests that were let in. */
  readonly faults: readonly string[];
  /** Answers in which one of the words stands that must never come out. */
  readonly canaries: readonly string[];
  note(request: SoakRequest, ending: Ending): void;
}

/** Starts an empty ledger. @param forbidden words that no answer may hold */
export function createLedger(forbidden: readonly string[]): Ledger {
  const writes: Write[] = [];
  const requests = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
  const endings = { answered: 0, left: 0, refused: 0, 'cut off': 0 };
  const cutOff: CutOff[] = [];
  const faults: string[] = [];
  const canaries: string[] = [];
  return {
    writes,
    requests,
    endings,
    cutOff,
    faults,
    canaries,
    note(request, ending) {
      const { id, kind } = request;
      requests[kind] += 1;
      endings[ending.how] += 1;
      for (const asked of request.writes) {
        // Whatever became of the connection, a hostile request may not write.
        const told = kind === 'hostile' && ending.how !== 'answered' ? 'REFUSED' : toldOf(asked, ending);
        writes.push({ id: `${id} ${asked.field}`, value: asked.value, told });
      }
      if (ending.how === 'cut off') cutOff.push({ id, kind, sentAt: ending.sentAt, reason: ending.reason });
      if (ending.how !== 'answered') return;
      const { status, text } = ending;
      const excerpt = `${id}, a ${kind} request: ${status} ${text.slice(0, 300)}`;
      if (status >= 500 || (kind === 'hostile') !== status >= 400) faults.push(excerpt);
      if (forbidden.some((word) => text.includes(word))) canaries.push(excerpt);
    },
  };
}

/** What an answer says about one write. An error below the mutation field means that the write itself was applied. */
function toldOf({ field }: AskedWrite, ending: Ending): Told {
  if (ending.how === 'refused') return 'REFUSED';
  if (ending.how !== 'answered') return 'NOTHING';
  const answer = parsed(ending.text);
  // A page of a load balancer, for instance. Nobody has said anything about the write.
  if (answer === undefined) return 'NOTHING';
  const { data, errors = [] } = answer;
  const error = errors.find(({ path }) => path?.length === 1 && path[0] === field);
  const outcome = error?.extensions?.outcome;
  if (outcome === 'APPLIED' || outcome === 'NOT_APPLIED' || outcome === 'UNKNOWN') return outcome;
  if (data?.[field] === undefined) return 'REFUSED';
  // Null without an error is no success, and no record of a write may agree with it.
  return data[field] === null ? 'UNKNOWN' : 'APPLIED';
}

function parsed(text: string): AnswerBody | undefined {
  try {
    return JSON.parse(text) as AnswerBody;
  } catch {
    return undefined;
  }
}

/** The lines of the record of writes in a log. */
export function recordsIn(log: string): readonly Recorded[] {
  return log
    .split('\n')
    .filter((line) => line.includes('"msg":"audit"'))
    .map((line) => {
      const { correlationId, field, outcome } = JSON.parse(line) as Record<string, unknown>;
      return { id: `${String(correlationId)} ${String(field)}`, outcome: String(outcome) };
    });
}
