import { setTimeout as pause } from 'node:timers/promises';
import { startAegister } from '../../test/stand-ins/aegister.ts';
import { fault, type Fault } from '../../test/stand-ins/faults.ts';
import type { Exchange } from '../../test/stand-ins/exchange.ts';
import { isJsonObject } from '../../test/stand-ins/json.ts';
import { startRadar } from '../../test/stand-ins/radar.ts';
import { faultsOf } from './chaos.ts';
import { createRandom } from './random.ts';
import type { BackendName, BackendPorts, StandInsOrder, StandInsReport } from './world.ts';
import { AEGISTER_TOKEN, DOSSIERS, GROUPS, RADAR_API_KEY } from './world.ts';

/** Both stateful stand-ins with a journal of what they applied, and faults that a seed chooses. */
export async function startBackends(seed: number) {
  const aegister = await startAegister({ token: AEGISTER_TOKEN });
  const radar = await startRadar({ apiKey: RADAR_API_KEY });
  const backends = { aegister, radar };
  const random = createRandom(seed);
  let faultShare = 0;
  let delayMs = 0;
  let journal: string[] = [];
  let counts: Record<string, number> = {};
  let calls = 0;
  const dark = new Set<BackendName>();

  /** Titles as the stand-in holds them: the state itself says whether a write was applied, not the answer. */
  const titles: Record<BackendName, () => readonly (string | undefined)[]> = {
    aegister: () => DOSSIERS.map(({ organizationId, id }) => aegister.incident(organizationId, id)?.title),
    radar: () => GROUPS.map((id) => radar.group(id)?.title),
  };

  /** An exchange that notes what it applied. */
  const journalled = (backend: BackendName, exchange: Exchange): Exchange => {
    let applied: ReturnType<Exchange['apply']> | undefined;
    const title = isJsonObject(exchange.request.bodyJson) ? exchange.request.bodyJson['title'] : undefined;
    return {
      ...exchange,
      apply: () =>
        (applied ??= exchange.apply().then((answer) => {
          if (typeof title === 'string' && titles[backend]().includes(title)) journal.push(title);
          return answer;
        })),
    };
  };

  for (const name of ['aegister', 'radar'] as const) {
    const backend = backends[name];
    const faults = Object.entries(
      faultsOf(name, { token: AEGISTER_TOKEN, apiKey: RADAR_API_KEY, address: backend.url }),
    );
    const choose = (): readonly [kind: string | undefined, Fault] => {
      if (dark.has(name)) return ['outage', fault.answer(500)];
      const entry = random.chance(faultShare) ? faults[random.below(faults.length)] : undefined;
      return entry ?? [undefined, fault.pass()];
    };
    backend.faults.always({
      kind: 'soak',
      async play(exchange) {
        const [kind, chosen] = choose();
        calls += 1;
        if (kind !== undefined) counts[kind] = (counts[kind] ?? 0) + 1;
        const spoilt = journalled(name, exchange);
        if (delayMs > 0 && chosen.kind === 'rewrite') {
          await spoilt.apply();
          await pause(random.below(delayMs));
        }
        await chosen.play(spoilt);
      },
    });
  }
  // Stand-ins keep every request for tests to look at; here they would fill the memory.
  setInterval(() => [aegister, radar].forEach((backend) => backend.clearRequests()), 500).unref();

  return {
    /** Does what it is told, and answers when it is done. */
    async obey(order: StandInsOrder): Promise<StandInsReport | BackendPorts | null> {
      switch (order.order) {
        case 'behave':
          ({ faultShare, delayMs } = order);
          return null;
        case 'restart':
          await backends[order.backend].stop();
          await pause(order.downMs);
          await backends[order.backend].restart();
          return null;
        case 'outage':
          dark.add(order.backend);
          await pause(order.forMs);
          dark.delete(order.backend);
          return null;
        case 'drop connections':
          await Promise.all([aegister.dropConnections(), radar.dropConnections()]);
          return null;
        case 'ports':
          return { aegister: aegister.port, radar: radar.port };
        case 'report': {
          const failures = aegister.failures.length + radar.failures.length;
          const report = { journal, faults: counts, calls, failures };
          [journal, counts, calls] = [[], {}, 0];
          return report;
        }
      }
    },
  };
}
