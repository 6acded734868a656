import { array, assert as holds, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Line, type Place } from '../../src/backends/http/line.ts';

/** Everybody in the line, from the first to the last, and back again from the last. */
function walk(line: Line<number>): { readonly forth: readonly number[]; readonly back: readonly number[] } {
  const forth: number[] = [];
  const back: number[] = [];
  let last: Place<number> | undefined;
  for (let place = line.first; place !== undefined; place = place.behind) {
    forth.push(place.who);
    last = place;
  }
  for (let place = last; place !== undefined; place = place.ahead) back.push(place.who);
  return { forth, back };
}

describe('a line', () => {
  it('keeps the order of arrival, whoever leaves it from wherever', () => {
    // A number below 5 joins; any other one leaves, from the place it names.
    holds(
      property(array(nat(12)), (steps) => {
        const line = new Line<number>();
        const present: Place<number>[] = [];
        steps.forEach((step, index) => {
          const leaving = step < 5 ? undefined : present[step % Math.max(1, present.length)];
          if (leaving === undefined) return present.push(line.join(index));
          line.leave(leaving);
          return present.splice(present.indexOf(leaving), 1);
        });
        const expected = present.map(({ who }) => who);
        expect(walk(line)).toEqual({ forth: expected, back: expected.toReversed() });
        expect(line.length).toBe(expected.length);
      }),
    );
  });

  it('leaves no way from a place that was given up to those taken later', () => {
    const line = new Line<string>();
    const [first, second] = [line.join('first'), line.join('second')];
    line.leave(first);
    line.join('third');
    line.leave(second);
    expect([first, second]).toEqual([
      { who: 'first', ahead: undefined, behind: undefined },
      { who: 'second', ahead: undefined, behind: undefined },
    ]);
    expect(line.first?.who).toBe('third');
  });
});
