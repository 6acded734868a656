import { describe, expect, it } from 'vitest';
import { isDateTime, isExactWithin, isShallowerThan, isUuid, utf8Text } from '../../src/formats.ts';

describe('isDateTime', () => {
  it.each([
    ['microseconds', '2023-12-20T00:00:01.652259Z'],
    ['no fraction', '2023-12-20T00:00:01Z'],
    ['more digits than a Date keeps', '2023-12-20T00:00:01.123456789012Z'],
    ['an offset', '2023-12-20T23:59:59+05:30'],
    ['a negative offset', '2023-12-20T23:59:59-23:59'],
    ['the unknown offset of RFC 3339', '2023-12-20T23:59:59-00:00'],
    ['lower case letters', '2023-12-20t00:00:01z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['29 February of a leap year', '2024-02-29T00:00:00Z'],
    ['29 February of a century divisible by 400', '2000-02-29T00:00:00Z'],
    ['31 December', '2023-12-31T00:00:00Z'],
    ['30 April', '2023-04-30T00:00:00Z'],
    ['year zero', '0000-01-01T00:00:00Z'],
  ])('takes %s', (_what, text) => {
    expect(isDateTime(text)).toBe(true);
  });

  it.each([
    ['the zero date that means never', '0000-00-00'],
    ['a zero date with a time', '0000-00-00T00:00:00Z'],
    ['nothing', ''],
    ['a date alone', '2023-12-20'],
    ['a space in place of the T', '2023-12-20 00:00:01Z'],
    ['no offset', '2023-12-20T00:00:01'],
    ['an offset without colon', '2023-12-20T00:00:01+0100'],
    ['an offset beyond a day', '2023-12-20T00:00:01+24:00'],
    ['no seconds', '2023-12-20T00:00Z'],
    ['a fraction without digits', '2023-12-20T00:00:01.Z'],
    ['a comma in the fraction', '2023-12-20T00:00:01,5Z'],
    ['month 13', '2023-13-01T00:00:00Z'],
    ['month 0', '2023-00-01T00:00:00Z'],
    ['day 0', '2023-01-00T00:00:00Z'],
    ['day 32', '2023-01-32T00:00:00Z'],
    ['31 April', '2023-04-31T00:00:00Z'],
    ['31 June', '2023-06-31T00:00:00Z'],
    ['31 September', '2023-09-31T00:00:00Z'],
    ['31 November', '2023-11-31T00:00:00Z'],
    ['30 February', '2024-02-30T00:00:00Z'],
    ['29 February of a common year', '2023-02-29T00:00:00Z'],
    ['29 February of a common century', '1900-02-29T00:00:00Z'],
    ['hour 24', '2023-12-20T24:00:00Z'],
    ['minute 60', '2023-12-20T00:60:00Z'],
    ['second 61', '2023-12-20T00:00:61Z'],
    ['a five-digit year', '12023-12-20T00:00:01Z'],
    ['a line break at the end', '2023-12-20T00:00:01Z\n'],
    ['a space before', ' 2023-12-20T00:00:01Z'],
    ['a Unix time', '1703030401'],
    ['digits of another script', '２０２３-12-20T00:00:01Z'],
  ])('refuses %s', (_what, text) => {
    expect(isDateTime(text)).toBe(false);
  });
});

describe('isUuid', () => {
  it.each([
    ['lower case', '5a9a8944-1994-413b-a30f-2b87fd658b76'],
    ['upper case', '5A9A8944-1994-413B-A30F-2B87FD658B76'],
    ['mixed case', '5a9A8944-1994-413b-A30f-2b87fd658B76'],
    ['only zeros', '00000000-0000-0000-0000-000000000000'],
    ['version 7', '01890a5d-ac96-774b-bcce-b302099a8057'],
  ])('takes %s', (_what, text) => {
    expect(isUuid(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a digit too few', '5a9a8944-1994-413b-a30f-2b87fd658b7'],
    ['a digit too many', '5a9a8944-1994-413b-a30f-2b87fd658b766'],
    ['a letter beyond f', '5a9a8944-1994-413b-a30f-2b87fd658b7g'],
    ['no hyphens', '5a9a89441994413ba30f2b87fd658b76'],
    ['braces', '{5a9a8944-1994-413b-a30f-2b87fd658b76}'],
    ['a URN', 'urn:uuid:5a9a8944-1994-413b-a30f-2b87fd658b76'],
    ['a line break at the end', '5a9a8944-1994-413b-a30f-2b87fd658b76\n'],
    ['a second line', '5a9a8944-1994-413b-a30f-2b87fd658b76\n/../x'],
    ['a path', '../5a9a8944-1994-413b-a30f-2b87fd658b76'],
  ])('refuses %s', (_what, text) => {
    expect(isUuid(text)).toBe(false);
  });
});

describe('isShallowerThan', () => {
  it.each([
    ['a text at depth 0', 'text', 0, true],
    ['null at depth 0', null, 0, true],
    ['an empty object at depth 0', {}, 0, false],
    ['an empty object at depth 1', {}, 1, true],
    ['a flat list at depth 1', [1, 2], 1, true],
    ['a list in an object at depth 1', { a: [] }, 1, false],
    ['a list in an object at depth 2', { a: [] }, 2, true],
    ['depth in the last of several keys', { a: 1, b: {}, c: { d: { e: 1 } } }, 2, false],
    ['depth in the last of several elements', [1, [], [[[]]]], 3, false],
    ['the same with one level more', [1, [], [[[]]]], 4, true],
  ])('judges %s', (_what, value, depth, expected) => {
    expect(isShallowerThan(value, depth)).toBe(expected);
  });

  it('judges nesting that would overflow the stack of a function which follows it to its end', () => {
    let value: unknown = 0;
    for (let level = 0; level < 1_000_000; level += 1) value = [value];
    expect(isShallowerThan(value, 64)).toBe(false);
  });
});

describe('isExactWithin', () => {
  it.each([
    ['the largest exact integer', 9_007_199_254_740_991, 0, true],
    ['the smallest exact integer', -9_007_199_254_740_991, 0, true],
    ['an integer one beyond', 9_007_199_254_740_992, 0, false],
    ['a fraction', 0.1, 0, true],
    ['a number beyond a double', Infinity, 0, false],
    ['no number', NaN, 0, false],
    ['digits in a text', '9007199254740993', 0, true],
    ['an empty list at depth 0', [], 0, false],
    ['a rounded integer in the last of several keys', { a: 'b', c: null, d: [{ e: true, f: 1e20 }] }, 3, false],
    ['an exact one there', { a: 'b', c: null, d: [{ e: true, f: 1e2 }] }, 3, true],
    ['the same with one level less', { a: 'b', c: null, d: [{ e: true, f: 1e2 }] }, 2, false],
  ])('judges %s', (_what, value, depth, expected) => {
    expect(isExactWithin(value, depth)).toBe(expected);
  });
});

describe('utf8Text', () => {
  it.each([
    ['nothing', ''],
    ['ASCII, DEL and NUL included', 'a\u0000\u007f'],
    ['two, three and four bytes a character', '\u00e9\u6f22\u{1f600}'],
    ['a byte order mark', '\ufeffa'],
  ])('reads %s', (_what, text) => {
    expect(utf8Text(Buffer.from(text))).toBe(text);
  });

  it.each([
    ['a byte of Latin-1', [0x61, 0xe9]],
    ['a continuation alone', [0x80]],
    ['a character cut short', [0xe6, 0xbc]],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
  ])('refuses %s', (_what, bytes) => {
    expect(utf8Text(Buffer.from(bytes))).toBeUndefined();
  });
});
