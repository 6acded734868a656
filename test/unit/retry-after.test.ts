import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../src/backends/http/retry-after.ts';

const NOW = Date.UTC(2026, 0, 15, 12, 0, 0);
const DAY_MS = 86_400_000;

describe('parseRetryAfter', () => {
  it.each([
    ['seconds', '7', 7_000],
    ['zero', '0', 0],
    ['leading zeros', '007', 7_000],
    ['white space around', ' 7\t', 7_000],
    ['exactly a day', '86400', DAY_MS],
    ['more than a day as a day', '86401', DAY_MS],
    ['more digits than a number holds as a day', '9'.repeat(400), DAY_MS],
    ['a date', 'Thu, 15 Jan 2026 12:00:30 GMT', 30_000],
    ['a date in the past as now', 'Thu, 15 Jan 2026 11:59:59 GMT', 0],
    ['a date beyond a day as a day', 'Sat, 17 Jan 2026 12:00:00 GMT', DAY_MS],
    ['the date form of asctime', 'Thu Jan 15 12:00:30 2026 GMT', 30_000],
  ])('reads %s', (_what, header, expected) => {
    expect(parseRetryAfter(header, NOW)).toBe(expected);
  });

  it.each([
    ['an absent header', undefined],
    ['nothing', ''],
    ['a negative number', '-1'],
    ['a fraction', '5.5'],
    ['an exponent', '1e3'],
    ['a unit', '5s'],
    ['a word', 'soon'],
    ['two values', '5, 7'],
    ['an ISO date', '2026-01-15T12:00:30Z'],
    ['a day that does not exist', 'Thu, 99 Jan 2026 12:00:30 GMT'],
  ])('reads nothing from %s', (_what, header) => {
    expect(parseRetryAfter(header, NOW)).toBeUndefined();
  });

  it('counts from the present moment unless told otherwise', () => {
    expect(parseRetryAfter(new Date(Date.now() - 60_000).toUTCString())).toBe(0);
  });
});
