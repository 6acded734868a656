import type { Dispatcher, Pool } from 'undici';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Cancellation } from '../../src/backends/backend.ts';
import { Deadlines, type Bounded } from '../../src/backends/http/deadlines.ts';
import { exchange, type Route } from '../../src/backends/http/exchange.ts';
import { Gate } from '../../src/backends/http/gate.ts';
import { stayingClient } from '../support/staying-client.ts';

const BACKEND = { backend: 'radar', concurrency: 1, maxWaiting: 1, failures: 0, coolDownMs: 1, timeoutMs: 1_000 };

/** A route whose pool only notes what is dispatched; the deadlines note who is watched. */
function startRoute(options: Partial<typeof BACKEND> = {}) {
  const dispatched: Dispatcher.DispatchHandler[] = [];
  const watched = new Set<Bounded>();
  class Noting extends Deadlines {
    override watch(who: Bounded): void {
      watched.add(who);
      super.watch(who);
    }
    override forget(who: Bounded): void {
      watched.delete(who);
      super.forget(who);
    }
  }
  const pool = {
    dispatch: (_options: unknown, handler: Dispatcher.DispatchHandler): unknown => dispatched.push(handler),
  };
  const gate = new Gate({ ...BACKEND, ...options });
  const route: Route = {
    backend: BACKEND.backend,
    basePath: '',
    // All of it that an exchange uses.
    pool: pool as unknown as Pool,
    gate,
    deadlines: new Noting(),
    observe: () => undefined,
  };
  const write = (withinMs: number, cancellation: Cancellation = stayingClient) =>
    new Promise((answered, sendFailed) => {
      const request = { method: 'PUT', path: '/', headers: {}, body: null } as const;
      const call = { endpoint: 'PUT /', request, secret: undefined, ifNotFound: undefined, read: () => 'answered' };
      const end = performance.now() + withinMs;
      exchange(route, { call, cancellation, end, answered, sendFailed });
    });
  return { dispatched, watched, gate, pool, write };
}

const CONTROLLER = {} as Dispatcher.DispatchController;

/** Until what was let through is dispatched, which is a moment later. */
const dispatching = () => Promise.resolve();

/** Keeps the whole process busy, as a machine does that has too much to do. */
const block = (ms: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

describe('a write that waits for its turn', () => {
  it('is not sent any more when its turn comes after its deadline, before its timer could say so', async () => {
    const { dispatched, gate, write } = startRoute();
    const first = write(10_000);
    const second = write(20);
    await dispatching();
    block(40);

    dispatched[0]?.onResponseEnd?.(CONTROLLER, {});

    expect(await first).toBe('answered');
    await expect(second).rejects.toMatchObject({ kind: 'timeout', sent: false });
    expect(dispatched).toHaveLength(1);
    expect([gate.inFlight, gate.waiting, gate.shed.queue_time]).toEqual([0, 0, 1]);
  });
});

describe('a write that was let through', () => {
  it('is never dispatched when its client leaves in the same moment', async () => {
    let leave: () => void = () => undefined;
    const leaving: Cancellation = { ...stayingClient, subscribe: (listener) => (leave = listener) };
    const { dispatched, gate, write } = startRoute();
    const left = write(10_000, leaving);
    const next = write(10_000);
    leave();

    await expect(left).rejects.toMatchObject({ kind: 'cancelled', sent: false });
    await vi.waitUntil(() => dispatched.length > 0);
    dispatched[0]?.onResponseEnd?.(CONTROLLER, {});
    expect(await next).toBe('answered');
    expect([dispatched.length, gate.inFlight, gate.waiting]).toEqual([1, 0, 0]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('the pool is closed');
      },
      new Error('the pool is closed'),
    ],
    [
      'refuses at once',
      (_options: unknown, handler: Dispatcher.DispatchHandler) =>
        handler.onResponseError?.(CONTROLLER, new Error('the pool is closed')),
      expect.objectContaining({ kind: 'unavailable', sent: false }) as Error,
    ],
  ])('fails, and leaves its place to the next, when the pool %s', async (_how, dispatch, reason) => {
    const { gate, pool, write } = startRoute();
    pool.dispatch = dispatch;
    const results = await Promise.allSettled([write(10_000), write(10_000)]);
    expect(results).toEqual([
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
    expect([gate.inFlight, gate.waiting]).toEqual([0, 0]);
  });
});

describe('a call that is over', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is watched no more, whatever has ended it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    let leave: () => void = () => undefined;
    const leaving: Cancellation = { ...stayingClient, subscribe: (listener) => (leave = listener) };
    const { dispatched, watched, gate, write } = startRoute({ concurrency: 3 });
    const answered = write(10_000);
    const failed = write(10_000);
    const left = write(10_000, leaving);
    const late = write(20);
    const refused = write(10_000);
    await dispatching();
    expect([watched.size, dispatched.length]).toEqual([4, 3]);
    await expect(refused).rejects.toMatchObject({ kind: 'unavailable', sent: false });

    vi.advanceTimersByTime(20);
    dispatched[0]?.onResponseEnd?.(CONTROLLER, {});
    dispatched[1]?.onResponseError?.(CONTROLLER, new Error('the connection broke'));
    leave();

    expect(await answered).toBe('answered');
    await expect(failed).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(left).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(late).rejects.toMatchObject({ kind: 'timeout' });
    expect([watched.size, gate.waiting]).toEqual([0, 0]);
  });
});
