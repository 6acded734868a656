import type { BackendConnection, BreakerState } from '../backends/backend.ts';

/** How long a probe's result is believed, milliseconds, so that frequent polling does not become traffic for the backends. */
const PROBE_LIFETIME_MS = 3_000;
/** How long an answer waits for a new result, milliseconds. Pollers commonly give up after a second, and a backend that hangs is their reason to ask. */
const PATIENCE_MS = 300;

/** `unknown`: not found out yet. */
export type BackendState = 'up' | 'down' | 'unknown';

export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'draining';
  readonly backends: Readonly<Record<string, { readonly state: BackendState; readonly breaker: BreakerState }>>;
}

/**
 * The state behind `/readyz`. A backend that cannot be reached, or is kept from being asked, makes the service degraded, not unready:
 * the other backend's fields still work, and restarting this process would not bring it back.
 */
export function createReadiness(
  connections: Readonly<Record<string, BackendConnection>>,
  isDraining: () => boolean,
): () => Promise<Readiness> {
  const states = new Map<string, BackendState>(Object.keys(connections).map((name) => [name, 'unknown']));
  let probed = { at: Number.NEGATIVE_INFINITY, done: Promise.resolve() };

  async function probeAll(): Promise<void> {
    const probes = Object.entries(connections).map(async ([name, connection]) => {
      states.set(name, (await connection.probe()) ? 'up' : 'down');
    });
    await Promise.all(probes);
  }

  function describe(): Readiness['backends'] {
    const entries = Object.entries(connections).map(([name, connection]) => {
      const { breaker } = connection.status();
      return [name, { state: states.get(name) ?? 'unknown', breaker }] as const;
    });
    return Object.fromEntries(entries);
  }

  return async () => {
    if (isDraining()) return { status: 'draining', backends: describe() };
    if (performance.now() - probed.at > PROBE_LIFETIME_MS) probed = { at: performance.now(), done: probeAll() };
    await Promise.race([probed.done, patience()]);
    const backends = describe();
    const troubled = Object.values(backends).some(({ state, breaker }) => state === 'down' || breaker !== 'closed');
    return { status: troubled ? 'degraded' : 'ready', backends };
  };
}

function patience(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
}
