import { fault, type Fault } from '../../stand-ins/faults.ts';
import type { Target } from '../failing-calls.ts';
import {
  arriving,
  BROKEN,
  BUSY,
  FAILED,
  GATEWAY_FAILED,
  LATE,
  NOT_THERE,
  RATE_LIMITED,
  refused,
  TAKEN,
  TOO_EARLY,
  UNUSABLE,
  type Verdict,
} from './verdicts.ts';

/** A way in which a backend that is reached spoils its answer. */
export interface AnswerRow {
  readonly section: string;
  readonly what: string;
  /** Takes a write in first, wherever the kind of fault leaves the choice: the run plays it against a deaf backend as well. */
  readonly play: (target: Target) => Fault;
  /** How many requests meet it; all of them unless said. */
  readonly times?: number;
  readonly verdict: Verdict;
  /** A rule of one backend only. */
  readonly only?: Target['name'];
}

export const MAX_BYTES = 1_000_000;
/** Where redirects point to; a port that must see no connection. */
export const elsewhere = { url: '' };

const applied = { applied: true } as const;
const JSON_HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const HALF = '{"error":0,"da';

type Play = Fault | ((target: Target) => Fault);

/** Rows of one section. */
export function section(
  name: string,
  rows: readonly (readonly [what: string, play: Play, verdict: Verdict, times?: number])[],
): readonly AnswerRow[] {
  return rows.map(([what, play, verdict, times]) => ({
    section: name,
    what,
    play: typeof play === 'function' ? play : () => play,
    verdict,
    ...(times !== undefined && { times }),
  }));
}

const raw = (text: string, ending?: 'reset' | 'hang') =>
  fault.rawBytes(text, ending === undefined ? applied : { ...applied, ending });
const bytes = (body: string | Buffer) => fault.answer(200, {}, Buffer.from(body), applied);
const refusal = (status: number, headers = {}) => {
  return (target: Target) => fault.answer(status, headers, target.refusal(status, 'No'));
};
const redirects = [301, 302, 303, 307, 308].map((status) => {
  const play = () => fault.redirect(`${elsewhere.url}/elsewhere`, status, applied);
  return [`${status} to another host`, play, UNUSABLE] as const;
});

const statusWithoutMeaning = [201, 202, 204, 205, 206, 304].map((status) => {
  const play = fault.answer(status, {}, status === 204 || status === 304 ? Buffer.alloc(0) : {}, applied);
  return [`${status}`, play, UNUSABLE] as const;
});

export const brokenRows = section('The connection breaks after the request was sent', [
  ['reset before the headers', fault.resetBeforeHeaders(applied), BROKEN],
  ['half-closed before the headers', fault.endBeforeHeaders(applied), BROKEN],
  ['reset inside the headers', raw(JSON_HEAD, 'reset'), BROKEN],
  ['ended inside the headers', raw(JSON_HEAD), BROKEN],
  ['reset after the headers', fault.resetAfterHeaders(applied), BROKEN],
  ['reset inside the body', fault.resetInsideBody(applied), BROKEN],
  ['truncated body of a declared length', fault.endInsideBody(applied), BROKEN],
  ['truncated body in chunks', fault.chunkedTruncated(applied), BROKEN],
  [
    'declared length larger than the body',
    raw(`${JSON_HEAD}Content-Length: 400\r\nConnection: close\r\n\r\n${HALF}`),
    BROKEN,
  ],
  // The HTTP client cannot tell these two from a body that was cut off, so they are told as one.
  ['two different lengths', raw(`${JSON_HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} `), BROKEN],
  ['a length and chunks', raw(`${JSON_HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`), BROKEN],
  ['interim 100, then the end', raw('HTTP/1.1 100 Continue\r\n\r\n'), BROKEN],
  ['interim 103, then the end', raw('HTTP/1.1 103 Early Hints\r\n\r\n'), BROKEN],
  [
    '101, to another protocol',
    raw('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
    BROKEN,
  ],
]);

export const hangingRows = section('The backend does not answer in time', [
  ['hangs before the headers', fault.hangBeforeHeaders(applied), LATE],
  ['hangs after an interim 103', raw('HTTP/1.1 103 Early Hints\r\n\r\n', 'hang'), LATE],
  ['hangs inside the headers', raw(JSON_HEAD, 'hang'), LATE],
  ['hangs after the headers', fault.hangAfterHeaders(applied), LATE],
  ['hangs inside the body', fault.hangInsideBody(applied), LATE],
  [
    'declared length larger than the body, connection kept',
    raw(`${JSON_HEAD}Content-Length: 400\r\n\r\n${HALF}`, 'hang'),
    LATE,
  ],
  ['drips its body byte by byte without an end', fault.dripFeed({ ...applied, everyMs: 20 }), LATE],
]);

export const unusableRows = section('The answer cannot be used', [
  ['HTML page', fault.html(200, applied), UNUSABLE],
  ['empty body', fault.emptyBody(200, applied), UNUSABLE],
  ['JSON that stops in the middle', fault.malformedJson(200, applied), UNUSABLE],
  ['JSON with something behind it', bytes('{"error":0} x'), UNUSABLE],
  ['list instead of an object', bytes('[]'), UNUSABLE],
  ['lists 100,000 deep', bytes('['.repeat(100_000) + ']'.repeat(100_000)), UNUSABLE],
  ['not UTF-8', bytes(Buffer.from('{"id":"\xe9\xff"}', 'latin1')), UNUSABLE],
  ['media type text/html', fault.wrongMediaType('text/html'), UNUSABLE],
  ['media type text/plain', fault.wrongMediaType('text/plain'), UNUSABLE],
  ['no media type', fault.wrongMediaType(null), UNUSABLE],
  ['compressed, unasked', fault.gzip(), UNUSABLE],
  ['compressed, expanding without end', fault.gzip({ expandedBytes: 50_000_000 }), UNUSABLE],
  ['larger than the limit, in chunks', fault.oversized(MAX_BYTES * 5, applied), UNUSABLE],
  ['larger than the limit, declared', fault.oversized(MAX_BYTES * 5, { ...applied, declareLength: true }), UNUSABLE],
  ['headers without an end', fault.answer(200, { 'x-filler': 'a'.repeat(200_000) }, {}, applied), UNUSABLE],
  ['declared length smaller than the body', raw(`${JSON_HEAD}Content-Length: 9\r\n\r\n${HALF}`), UNUSABLE],
  ['a chunk size that is no number', raw(`${JSON_HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n`), UNUSABLE],
  ['bytes of another protocol', raw('SSH-2.0-OpenSSH_9.6\r\n'), UNUSABLE],
  ['binary', fault.rawBytes(Buffer.from([0, 1, 2, 255, 254, 13, 10]), applied), UNUSABLE],
  ...redirects,
  ['307 to itself', (target) => fault.redirect(target.writeCall.split(' ')[1] ?? '', 307, applied), UNUSABLE],
  ...statusWithoutMeaning,
]);

export const statusRows = section('The backend answers with another status', [
  ['400', refusal(400), refused('BAD_USER_INPUT')],
  ['401', refusal(401), refused('UPSTREAM_AUTH_FAILED')],
  ['403', refusal(403), refused('UPSTREAM_AUTH_FAILED')],
  ['404', refusal(404), NOT_THERE],
  ['405', refusal(405), refused('UPSTREAM_REJECTED')],
  ['408', fault.html(408, applied), LATE],
  ['409', refusal(409), refused('CONFLICT')],
  ['413', refusal(413), refused('UPSTREAM_REJECTED')],
  ['422', refusal(422), refused('BAD_USER_INPUT')],
  ['425', refusal(425), TOO_EARLY],
  ['429', refusal(429), RATE_LIMITED],
  ['429 with Retry-After: 0, always', refusal(429, { 'retry-after': '0' }), arriving(RATE_LIMITED, 3, 3)],
  ['429 with Retry-After beyond the deadline', refusal(429, { 'retry-after': '3600' }), RATE_LIMITED],
  ['500', fault.html(500, applied), FAILED],
  ['501', fault.html(501, applied), FAILED],
  ['502', fault.html(502, applied), GATEWAY_FAILED],
  ['503', refusal(503), BUSY],
  ['503 with Retry-After: 0, always', refusal(503, { 'retry-after': '0' }), arriving(BUSY, 3, 3)],
  ['503 with Retry-After: 0, once', refusal(503, { 'retry-after': '0' }), arriving(TAKEN, 2, 2), 1],
  ['504', fault.html(504, applied), GATEWAY_FAILED],
  ['520', fault.html(520, applied), FAILED],
]);

export const interimRows = section('An interim answer comes first', [
  ['100, unasked', fault.informational(100), BROKEN],
  ['102', fault.informational(102), TAKEN],
  ['103', fault.informational(103), TAKEN],
]);
