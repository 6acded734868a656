import type { Kind, SoakRequest } from './requests.ts';
import type { Ledger } from './ledger.ts';
import type { Sender } from './send.ts';

/** As often as a kind is named, as much of it there is. */
export const MIX: readonly [Kind, ...Kind[]] = [
  ...(['write', 'write', 'write', 'write', 'two writes', 'two writes'] as const),
  ...(['read', 'read', 'read', 'entities', 'hostile', 'leaving'] as const),
];

export interface Load {
  /** Lets each client finish what it has sent, and no more. */
  stop(): Promise<void>;
  /** Settles when every client has ended by itself, because nobody lets it in any more. */
  readonly ended: Promise<void>;
}

/** So many clients, each with one request under way at a time. A client that is refused a connection ends. */
export function startLoad(
  clients: number,
  sender: Sender,
  requests: { next(kinds: readonly [Kind, ...Kind[]]): SoakRequest },
  ledger: Ledger,
  kinds: readonly [Kind, ...Kind[]] = MIX,
): Load {
  let stopped = false;
  const client = async () => {
    while (!stopped) {
      const request = requests.next(kinds);
      const ending = await sender.send(request);
      ledger.note(request, ending);
      if (ending.how === 'refused') return;
    }
  };
  const ended = Promise.all(Array.from({ length: clients }, client)).then(() => undefined);
  return {
    ended,
    stop() {
      stopped = true;
      return ended;
    },
  };
}
