import { startAegister } from '../../stand-ins/aegister.ts';
import { startRadar } from '../../stand-ins/radar.ts';
import type { Certificate } from '../certificates.ts';
import { send, type Moment, type Target } from '../failing-calls.ts';
import { AEGISTER_TOKEN, RADAR_API_KEY, startWorld, type GraphQLAnswer, type World } from '../world.ts';
import { forBoth } from './play-row.ts';

/** A world in which one thing is wrong, about to be asked once. */
export interface Stage {
  readonly world: World;
  ask(moment: Moment): Promise<GraphQLAnswer>;
  /** Requests of that operation that arrived at the backend. */
  arrivals(): number;
  close(): Promise<void>;
}

/** The parts of a stage that are not the usual ones. */
export interface StageParts {
  readonly settings?: Readonly<Record<string, string>>;
  /** What has to have happened before the operation. */
  readonly before?: (world: World) => Promise<void>;
  readonly ask?: (world: World, moment: Moment) => Promise<GraphQLAnswer>;
  readonly arrivals?: () => number;
  readonly close?: () => Promise<void>;
}

/** `settings` are those of the target, without their prefix. */
export async function openStage(target: Target, parts: StageParts): Promise<Stage> {
  const given = Object.entries(parts.settings ?? {});
  const own = Object.fromEntries(given.map(([name, value]) => [`${target.prefix}_${name}`, value]));
  const world = await startWorld({ ...forBoth({ BREAKER_FAILURES: '0' }), ...own });
  target.prepare(world);
  await parts.before?.(world);
  target.standIn(world).clearRequests();
  return {
    world,
    ask: (moment) => (parts.ask ?? ((_world, what) => send(world, target, what)))(world, moment),
    arrivals: parts.arrivals ?? (() => world.calls()[target.name].length),
    async close() {
      await world.close();
      await parts.close?.();
    },
  };
}

/** A backend of its own behind TLS. */
export async function startSecure(target: Target, { key, cert }: Certificate) {
  const tls = { key, cert };
  const secure =
    target.name === 'aegister'
      ? await startAegister({ token: AEGISTER_TOKEN, tls })
      : await startRadar({ apiKey: RADAR_API_KEY, tls });
  return { baseUrl: secure.baseUrl, arrivals: () => secure.requests.length, close: () => secure.close() };
}
