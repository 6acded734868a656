import fc from 'fast-check';
import { AggregatorRegistry, Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { DurationHistogram } from '../../src/server/duration-histogram.ts';

const NAME = 'duration_seconds';
const COMMON = { name: NAME, help: 'Some time.', labelNames: ['backend', 'result'] } as const;
/** Both ends of buckets, what lies between them, below and beyond. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const milliseconds = fc.oneof(
  fc.constantFrom(0, ...BUCKETS.map((seconds) => seconds * 1000), 30_000.5, 3_600_000),
  fc.double({ min: 0, max: 40_000, noNaN: true }),
);
const observation = fc.tuple(milliseconds, fc.constantFrom('aegister', 'radar', 'a"b\\c\n'), fc.constantFrom('ok', ''));

describe('DurationHistogram', () => {
  it('shows to the letter what prom-client shows of the same observations', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(observation, { maxLength: 60 }), async (observations) => {
        const [registry, reference] = [new Registry(), new Registry()];
        const own = new DurationHistogram({ ...COMMON, registers: [registry] });
        const library = new Histogram({ ...COMMON, buckets: BUCKETS, registers: [reference] });
        for (const [ms, backend, result] of observations) {
          own.add({ backend, result }, ms);
          library.observe({ backend, result }, ms / 1000);
        }
        expect(await registry.metrics()).toBe(await reference.metrics());
        // As several workers are shown together.
        const parts = [await registry.getMetricsAsJSON(), await reference.getMetricsAsJSON()] as const;
        const [sum, referenceSum] = parts.map((part) => AggregatorRegistry.aggregate([part, part]));
        expect(await sum?.metrics()).toBe(await referenceSum?.metrics());
      }),
    );
  });

  it('shows nothing but its name before the first observation', async () => {
    const registry = new Registry();
    new DurationHistogram({ ...COMMON, registers: [registry] });
    expect(await registry.metrics()).toBe(`# HELP ${NAME} Some time.\n# TYPE ${NAME} histogram\n`);
  });

  it('keeps combinations of labels apart that would read the same one after the other', async () => {
    const registry = new Registry();
    const own = new DurationHistogram({ ...COMMON, registers: [registry] });
    own.add({ backend: 'ab', result: 'c' }, 1);
    own.add({ result: 'bc', backend: 'a' }, 1);
    const text = await registry.metrics();
    expect(text).toContain(`${NAME}_count{backend="ab",result="c"} 1\n`);
    expect(text).toContain(`${NAME}_count{backend="a",result="bc"} 1\n`);
  });

  it.each([Number.NaN, Infinity])('refuses %s, which would make the sum no number for ever', (durationMs) => {
    const own = new DurationHistogram({ ...COMMON, registers: [new Registry()] });
    expect(() => own.add({ backend: 'radar', result: 'ok' }, durationMs)).toThrow(TypeError);
  });
});
