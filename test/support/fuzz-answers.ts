import * as fc from 'fast-check';
import type { Answer, AnswerHeaders } from '../stand-ins/exchange.ts';
import type { JsonObject, JsonValue } from '../stand-ins/json.ts';
import { anyJson, anyText } from './fuzz-values.ts';

/** What a hostile backend makes of its honest answer. */
export type Spoil = (honest: Answer) => Answer;

const STATUSES = [
  201, 202, 203, 204, 206, 299, 300, 301, 302, 304, 307, 400, 401, 403, 404, 408, 409, 410, 418, 422, 425,
];
const status = fc.oneof(
  { weight: 8, arbitrary: fc.constant(200) },
  { weight: 2, arbitrary: fc.constantFrom(...STATUSES, 429, 451, 500, 501, 502, 503, 504, 511) },
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 599 }) },
);

const JSON_TYPES = [
  'application/json',
  'APPLICATION/JSON',
  'application/problem+json',
  'application/json; charset=latin1',
];
const OTHER_TYPES = [
  null,
  '',
  'text/html',
  'text/plain',
  'application/jsonp',
  'application/json, text/html',
  'json',
  '/',
];
const headers: fc.Arbitrary<AnswerHeaders> = fc.record(
  {
    'content-type': fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...JSON_TYPES) },
      { weight: 1, arbitrary: fc.constantFrom(...OTHER_TYPES) },
    ),
    'content-encoding': fc.constantFrom('gzip', 'identity', '', 'br', 'x'),
    location: fc.constantFrom('/', '//elsewhere.test/', 'http://127.0.0.1:1/', 'javascript:0'),
    // Nothing that names a delay: a repeat would wait for it.
    'retry-after': fc.constantFrom('soon', '-1', '999999', ''),
    'set-cookie': fc.constantFrom('a=b', 'a'.repeat(1000)),
    'x-correlation-id': fc.constantFrom('theirs', ''),
  },
  { requiredKeys: ['content-type'] },
);

/** Forms of the fields that tell success from failure, documented ones and others. */
const signs: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue[]>(
    0,
    1,
    -1,
    null,
    '',
    '0',
    '1',
    ' 0 ',
    '00',
    '0.0',
    '0.5',
    '-0',
    '0x1',
    'false',
    true,
    false,
  ),
  fc.constantFrom<JsonValue[]>(
    '11002 // text',
    '0 // fine',
    '0000000000000000011002',
    [],
    [0],
    [0, 11002],
    ['0', '5'],
    {},
  ),
  anyJson,
);

/** The values of an object inside the answer, by key, as somebody might get them wrong. */
const changes: fc.Arbitrary<JsonObject> = fc
  .array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.tuple(
          fc.constantFrom('error', 'error', 'error_code', 'error_code', 'errors', 'messages', 'success'),
          signs,
        ),
      },
      fc.tuple(fc.constantFrom('data', 'id', 'organization_id'), anyJson),
      fc.tuple(
        fc.constantFrom('id', 'organization_id'),
        fc.constantFrom<JsonValue[]>(1024, '1024', 1025, '01024', 3071, '3071', 1024.5, [1024], ' 1024', null),
      ),
      fc.tuple(fc.constantFrom('title', 'service_asset_findings', 'user_id', 'classification', '__proto__'), anyJson),
    ),
    { maxLength: 3 },
  )
  .map((entries): JsonObject => Object.fromEntries(entries));

/** Adds, replaces and removes keys: `removed` go first. */
function change(target: JsonValue | undefined, added: JsonObject, removed: readonly string[]): JsonValue {
  if (typeof target !== 'object' || target === null || Array.isArray(target)) return added;
  const kept = Object.entries(target).filter(([key]) => !removed.includes(key));
  return Object.fromEntries([...kept, ...Object.entries(added)]);
}

const removed = fc.subarray(['error', 'data', 'id', 'organization_id', 'messages'], { maxLength: 2 });

const mutated: fc.Arbitrary<Spoil> = fc
  .record({
    outer: changes,
    inner: fc.oneof(fc.constant(undefined), changes),
    removed: fc.oneof(fc.constant([]), removed),
  })
  .map(({ outer, inner, removed: without }) => (honest) => {
    const body = Buffer.isBuffer(honest.body) ? null : honest.body;
    const changed = change(body, outer, without);
    const data = typeof changed === 'object' && changed !== null && 'data' in changed ? changed['data'] : undefined;
    return {
      ...honest,
      body: inner === undefined ? changed : change(changed, { data: change(data, inner, without) }, []),
    };
  });

const bytes: fc.Arbitrary<Spoil> = fc
  .oneof(
    fc.uint8Array({ maxLength: 200 }),
    anyText.map((text) => Buffer.from(text)),
  )
  .map((random) => (honest) => ({ ...honest, body: Buffer.from(random) }));

/** The honest bytes with some of them overwritten, and an end that may be missing. */
const damaged: fc.Arbitrary<Spoil> = fc
  .record({ at: fc.nat(2000), with: fc.uint8Array({ minLength: 1, maxLength: 4 }), cut: fc.option(fc.nat(400)) })
  .map(({ at, with: random, cut }) => (honest) => {
    const body = Buffer.isBuffer(honest.body) ? honest.body : Buffer.from(JSON.stringify(honest.body));
    const copy = Buffer.from(body);
    copy.set(random.subarray(0, Math.max(0, copy.length - (at % copy.length))), at % copy.length);
    return { ...honest, body: cut === null ? copy : copy.subarray(0, Math.max(0, copy.length - cut)) };
  });

const value: fc.Arbitrary<Spoil> = anyJson.map((body) => (honest) => ({ ...honest, body }));

/** What the backend would have said, told by somebody who means no good. */
export const anySpoil: fc.Arbitrary<Spoil> = fc
  .record({
    body: fc.oneof({ weight: 6, arbitrary: mutated }, bytes, damaged, value),
    status,
    headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: headers }),
  })
  .map(({ body, status: code, headers: own }) => (honest) => {
    const spoilt = body(honest);
    return { ...spoilt, status: code === 200 ? honest.status : code, headers: { ...spoilt.headers, ...own } };
  });

/** Puts a text somewhere into the answer where a backend would put its words. */
export const anyWords = (words: readonly string[]): fc.Arbitrary<Spoil> =>
  fc
    .record({ word: fc.constantFrom(...words), before: anyText, after: anyText, listed: fc.boolean() })
    .map(({ word, before, after, listed }) => {
      const text = `${before}${word}${after}`;
      const refusal: JsonObject = { error: 1, messages: listed ? [{ title: [text] }] : text, data: null };
      const radar: JsonObject = { error: text, error_code: 1, extra: { fields: listed ? [text] : text } };
      return (honest) => ({ ...honest, body: { ...radar, ...refusal, error: listed ? 1 : text } });
    });
