import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Deadlines, type Bounded } from '../../src/backends/http/deadlines.ts';

describe('ends that are watched', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function watching() {
    const deadlines = new Deadlines();
    const told: string[] = [];
    const watch = (name: string, inMs: number, onLate: () => void = () => undefined): Bounded => {
      const who: Bounded = {
        end: performance.now() + inMs,
        watched: undefined,
        late() {
          told.push(`${name} at ${performance.now() - start}`);
          onLate();
        },
      };
      deadlines.watch(who);
      return who;
    };
    const start = performance.now();
    return { deadlines, told, watch };
  }

  it('are told each at its own time, in whatever order they were begun', () => {
    const { told, watch } = watching();
    watch('long', 300);
    watch('short', 100);
    vi.advanceTimersByTime(50);
    watch('later', 150);
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual(['short at 100', 'later at 200', 'long at 300']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are not told when they are over, and leave no timer behind', () => {
    const { deadlines, told, watch } = watching();
    const [first, second] = [watch('first', 100), watch('second', 100)];
    deadlines.forget(first);
    deadlines.forget(first);
    expect(vi.getTimerCount()).toBe(1);
    deadlines.forget(second);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual([]);
  });

  it('go on being watched when the earliest, for which the timer was set, is over before its time', () => {
    const { deadlines, told, watch } = watching();
    const first = watch('first', 100);
    watch('second', 250);
    deadlines.forget(first);
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual(['second at 250']);
  });

  it('may end others, or begin new ones, while they are told', () => {
    const { deadlines, told, watch } = watching();
    watch('first', 100, () => {
      deadlines.forget(second);
      watch('new', 50);
    });
    const second = watch('second', 100);
    watch('third', 100);
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual(['first at 100', 'third at 100', 'new at 150']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are told at once when they lie in the past', () => {
    const { told, watch } = watching();
    watch('past', -10);
    vi.advanceTimersByTime(1);
    expect(told).toHaveLength(1);
  });
});
