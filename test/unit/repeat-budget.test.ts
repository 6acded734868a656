import { describe, expect, it } from 'vitest';
import { RepeatBudget } from '../../src/backends/http/repeat-budget.ts';

/** How many repeats are allowed in a row. */
function allowed(budget: RepeatBudget): number {
  let count = 0;
  while (budget.spend()) count += 1;
  return count;
}

describe('RepeatBudget', () => {
  it('allows its reserve at once, and then one repeat for each five calls', () => {
    const budget = new RepeatBudget(10);
    expect(allowed(budget)).toBe(10);
    // One more than a hundred: a fifth has no exact form in binary.
    for (let calls = 0; calls < 101; calls += 1) budget.payIn();
    expect(allowed(budget)).toBe(10);
  });

  it('saves up no more than its reserve', () => {
    const budget = new RepeatBudget(3);
    for (let calls = 0; calls < 1_000; calls += 1) budget.payIn();
    expect(allowed(budget)).toBe(3);
  });

  it('allows at most a fifth of the calls beyond the reserve, when every call wants two repeats', () => {
    const budget = new RepeatBudget(64);
    let repeats = 0;
    for (let calls = 0; calls < 10_000; calls += 1) {
      budget.payIn();
      if (budget.spend()) repeats += 1;
      if (budget.spend()) repeats += 1;
    }
    expect(repeats).toBeLessThanOrEqual(64 + 2_000);
    expect(repeats).toBeGreaterThanOrEqual(64 + 1_990);
  });
});
