import * as fc from 'fast-check';
import { seedIds } from '../stand-ins/seed-ids.ts';

/** One header line; a name may come twice. */
export type HeaderLine = readonly [name: string, value: string];

const ODD = [
  '',
  ' ',
  '\t',
  'a,b',
  '"',
  "'",
  '\\',
  '%0d%0a',
  '\\r\\n',
  'é',
  'ÿ',
  '\x80',
  '😀',
  'a\tb',
  '{{x}}',
  '../',
  '\x01',
  '\x7f',
  '\0',
];

/** A value of a header in Latin-1; some of these no HTTP server takes. */
const oddValue = fc.oneof(
  fc.constantFrom(...ODD),
  fc.array(fc.integer({ min: 0x21, max: 0xff }), { maxLength: 40 }).map((codes) => String.fromCharCode(...codes)),
  fc.integer({ min: 1, max: 9000 }).map((length) => 'v'.repeat(length)),
);
const around = (...known: readonly string[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...known) },
    { weight: 2, arbitrary: oddValue },
    fc.tuple(fc.constantFrom(...known), oddValue).map((both) => both.join('')),
  );

const TRACE = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const NO_TRACES = [
  TRACE.toUpperCase(),
  `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`,
  `01${TRACE.slice(2)}`,
  `${TRACE}-x`,
];

/** What a caller may send beside the router's secret, by name. */
const known: readonly (readonly [string, fc.Arbitrary<string>])[] = [
  ['x-correlation-id', around('abc', 'A-b_c.1', 'x'.repeat(128), 'x'.repeat(129), 'a b', '../x')],
  ['traceparent', around(TRACE, TRACE, ...NO_TRACES)],
  [
    'x-operation-timeout-ms',
    around(
      '20000',
      '5000',
      '20000',
      '5000',
      '20000',
      '9000',
      '99999999999999999999',
      '0',
      '-1',
      '1.5',
      '1e3',
      '0x10',
      '007',
      'soon',
    ),
  ],
];

/** Headers that must stop here. */
const STRANGERS = [
  ...['authorization', 'cookie', 'tracestate', 'baggage', 'x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via'],
  ...['x-real-ip', 'x-api-key', 'pgr-api-key', 'x-aegister', 'x-http-method-override', 'origin', 'referer', 'te'],
  ...['user-agent', 'accept-language', 'if-match', 'range', 'x-request-id', 'apollo-federation-include-trace'],
];
const stranger: fc.Arbitrary<HeaderLine> = fc.tuple(fc.constantFrom(...STRANGERS), around('canary-stranger', 'ftv1'));

/** A caller's credentials, headers that are looked at, and headers that are nobody's business. */
export function anyHeaders(
  credentials: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<readonly HeaderLine[]> {
  const named = [
    ...Object.entries(credentials).map(([name, values]) => [name, around(...values)] as const),
    ...known,
  ].map(([name, value]) => fc.tuple(fc.constant(name), value));
  // Each of them half the time, and now and then one more of some kind.
  const some = fc.tuple(...named.map((line) => fc.option(line, { nil: undefined, freq: 2 })));
  const more = fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.oneof(...named) });
  return fc
    .tuple(some, more, fc.array(stranger, { maxLength: 3 }))
    .map(([first, again, others]) => [...first, again, ...others].filter((line) => line !== undefined));
}

const MATERIAL = [
  ...[
    '..',
    '../..',
    '%2e%2e',
    '1/2',
    '1%2F2',
    '1\\2',
    '1?x=y',
    '1#x',
    '1;x',
    '1\r\nx: y',
    '1\0',
    '１',
    '٣',
    '1 ',
    ' 1',
  ],
  ...['1e3', '0x10', '-1', '+1', '01', '9007199254740992', '', '.', '*', 'update', '😀'],
];
const UUID = seedIds.emptyGroup;

/** Ids that become part of a path: right ones, and material for paths. */
export const anyDecimal: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('1024', '3071', '1', '9007199254740991') },
  { weight: 2, arbitrary: fc.maxSafeNat().map(String) },
  fc.constantFrom(...MATERIAL),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
export const anyUuid: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(UUID, UUID.toUpperCase(), seedIds.massEncryptionFinding) },
  { weight: 2, arbitrary: fc.uuid() },
  fc.constantFrom(...MATERIAL, `${UUID}/..`, `${UUID}%2f`, `${UUID}?relations=user`, `urn:uuid:${UUID}`, UUID.slice(1)),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
