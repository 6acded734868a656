import type { Dispatcher, Pool } from 'undici';
import { describe, expect, it } from 'vitest';
import { Deadlines } from '../../src/backends/http/deadlines.ts';
import { exchange, type Route } from '../../src/backends/http/exchange.ts';
import { Gate } from '../../src/backends/http/gate.ts';

const BACKEND = { backend: 'radar', concurrency: 1, maxWaiting: 1, failures: 0, coolDownMs: 1, timeoutMs: 1_000 };
const NOBODY_LEAVES = { isCancelled: false, subscribe: () => undefined, unsubscribe: () => undefined };

/** Keeps the whole process busy, as a machine does that has too much to do. */
const block = (ms: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

describe('a write that waits for its turn', () => {
  it('is not sent any more when its turn comes after its deadline, before its timer could say so', async () => {
    const dispatched: Dispatcher.DispatchHandler[] = [];
    const pool = { dispatch: (_options: unknown, handler: Dispatcher.DispatchHandler) => dispatched.push(handler) };
    const gate = new Gate(BACKEND);
    const route: Route = {
      backend: BACKEND.backend,
      basePath: '',
      // All of it that an exchange uses.
      pool: pool as unknown as Pool,
      gate,
      deadlines: new Deadlines(),
      observe: () => undefined,
    };
    const write = (withinMs: number) =>
      new Promise((answered, failed) => {
        const request = { method: 'PUT', path: '/', headers: {}, body: null } as const;
        const call = { endpoint: 'PUT /', request, secret: undefined, ifNotFound: undefined, read: () => 'answered' };
        const end = performance.now() + withinMs;
        exchange(route, { call, cancellation: NOBODY_LEAVES, end, answered, failed });
      });
    const first = write(10_000);
    const second = write(20);
    block(40);

    dispatched[0]?.onResponseEnd?.({} as Dispatcher.DispatchController, {});

    expect(await first).toBe('answered');
    await expect(second).rejects.toMatchObject({ kind: 'timeout', sent: false });
    expect(dispatched).toHaveLength(1);
    expect([gate.inFlight, gate.waiting, gate.shed.queue_time]).toEqual([0, 0, 1]);
  });
});
