import type { BackendConnection } from '../backends/backend.ts';

/** How long a probe's result is believed, milliseconds, so that frequent polling does not become traffic for the backends. */
const PROBE_LIFETIME_MS = 3_000;

export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'draining';
  readonly backends: Readonly<Record<string, { readonly state: 'up' | 'down' }>>;
}

/**
 * The state behind `/readyz`. A backend that cannot be reached makes the service degraded, not unready: the other backend's fields
 * still work, and restarting this process would not bring it back.
 */
export function createReadiness(
  connections: Readonly<Record<string, BackendConnection>>,
  isDraining: () => boolean,
): () => Promise<Readiness> {
  let probed: { readonly at: number; readonly states: Promise<Readiness['backends']> } | undefined;
  return async () => {
    if (probed === undefined || performance.now() - probed.at > PROBE_LIFETIME_MS) {
      probed = { at: performance.now(), states: probeAll(connections) };
    }
    const backends = await probed.states;
    if (isDraining()) return { status: 'draining', backends };
    const allUp = Object.values(backends).every(({ state }) => state === 'up');
    return { status: allUp ? 'ready' : 'degraded', backends };
  };
}

async function probeAll(connections: Readonly<Record<string, BackendConnection>>): Promise<Readiness['backends']> {
  const states = Object.entries(connections).map(async ([name, connection]) => {
    const state: 'up' | 'down' = (await connection.probe()) ? 'up' : 'down';
    return [name, { state }] as const;
  });
  return Object.fromEntries(await Promise.all(states));
}
