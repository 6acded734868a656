import { startChild } from '../measure/child.ts';
import type { BackendPorts, StandInsOrder, StandInsReport } from './world.ts';

/** The stand-ins in a process of their own. */
export interface StandIns {
  readonly ports: BackendPorts;
  /** Gives an order and waits until it is carried out. One at a time. */
  tell(order: StandInsOrder): Promise<void>;
  report(): Promise<StandInsReport>;
  stop(): Promise<void>;
}

/** Starts both backends. @param seed of the faults they choose */
export async function startStandIns(seed: number): Promise<StandIns> {
  const child = await startChild('stand-ins', 'load', { seed });
  const ask = async (order: StandInsOrder) => {
    const reply = (await child.ask(order)) as { readonly answer?: unknown; readonly error?: string };
    if (reply.error !== undefined) throw new Error(`the stand-ins cannot ${order.order}: ${reply.error}`);
    return reply.answer;
  };
  return {
    ports: (await ask({ order: 'ports' })) as BackendPorts,
    async tell(order) {
      await ask(order);
    },
    async report() {
      return (await ask({ order: 'report' })) as StandInsReport;
    },
    stop: () => child.stop(),
  };
}
