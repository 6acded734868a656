import { gzipSync } from 'node:zlib';
import type { Answer, AnswerHeaders, Exchange, RecordedRequest } from './exchange.ts';
import { sendAnswer } from './exchange.ts';
import type { Fault } from './faults.ts';
import type { JsonValue } from './json.ts';
import { isJsonObject } from './json.ts';

/** `applied`: the domain takes the request in first, so a write has happened although the answer is bad. */
export interface AppliedOption {
  readonly applied?: boolean;
}

/** Answers that wait until the test lets them go. */
export interface HeldFault extends Fault {
  /** Settles with the first request that is being held. */
  readonly arrived: Promise<RecordedRequest>;
  /** Lets everything go: what is waiting and what comes later. */
  release(): void;
}

export interface HoldOptions {
  /** When the request touches the state; a read held on `arrival` answers with old data. */
  readonly applyOn?: 'arrival' | 'release';
  /** What happens after the release instead of the normal answer; it decides on applying by itself. */
  readonly then?: Fault;
}

/** Dotted paths into the body to new values; `undefined` removes the key. */
export type Lies = Readonly<Record<string, JsonValue | undefined>>;

const json = Buffer.from('{"error":0,"messages":[],"data":{"id":10');

/** Sends this answer, whatever was asked. A `Buffer` body goes out as it is, anything else as JSON. */
function answer(
  status: number,
  headers: AnswerHeaders = {},
  body: JsonValue | Buffer = {},
  options: AppliedOption = {},
): Fault {
  return {
    kind: `answer ${String(status)}`,
    async play({ apply, response }) {
      if (options.applied === true) await apply();
      sendAnswer(response, { status, headers, body });
    },
  };
}

/** Answers with text of a chosen media type, for instance JSON that no serializer would write. */
function text(status: number, body: string, type = 'application/json', options?: AppliedOption): Fault {
  return answer(status, { 'content-type': type }, Buffer.from(body), options);
}

/** A proxy's error page. */
function html(status: number, options?: AppliedOption): Fault {
  const page = '<html><head><title>Gateway</title></head><body><h1>Gateway error</h1></body></html>';
  return text(status, page, 'text/html; charset=utf-8', options);
}

/** A complete answer by its headers, whose JSON stops in the middle. */
function malformedJson(status = 200, options?: AppliedOption): Fault {
  return answer(status, {}, json, options);
}

function emptyBody(status = 200, options?: AppliedOption): Fault {
  return answer(status, {}, Buffer.alloc(0), options);
}

function redirect(location: string, status = 302, options?: AppliedOption): Fault {
  return answer(status, { location }, { moved: location }, options);
}

/** Sends what `change` makes of the normal answer; the request is always applied. */
function rewrite(change: (normal: Answer) => Answer): Fault {
  return {
    kind: 'rewrite',
    async play({ apply, response }) {
      sendAnswer(response, change(await apply()));
    },
  };
}

/** The normal answer with some values replaced: `lie({ 'data.id': 7, 'data.title': undefined })`. */
function lie(lies: Lies): Fault {
  return rewrite((normal) => {
    if (Buffer.isBuffer(normal.body)) return normal;
    const body = structuredClone(normal.body);
    for (const [path, value] of Object.entries(lies)) setAt(body, path.split('.'), value);
    return { ...normal, body };
  });
}

/** The normal answer under another content type; `null` sends none. */
function wrongMediaType(type: string | null): Fault {
  return rewrite((normal) => ({ ...normal, headers: { ...normal.headers, 'content-type': type } }));
}

/** The normal answer compressed, whether or not that was accepted; or so many spaces that expand. */
function gzip(options: { readonly expandedBytes?: number } = {}): Fault {
  return rewrite((normal) => {
    const plain = Buffer.isBuffer(normal.body) ? normal.body : JSON.stringify(normal.body);
    const size = options.expandedBytes;
    const body = gzipSync(size === undefined ? plain : Buffer.alloc(size, ' '));
    return { ...normal, headers: { ...normal.headers, 'content-encoding': 'gzip' }, body };
  });
}

/** The normal answer; useful to let a number of requests through before the next fault. */
function pass(): Fault {
  return rewrite((normal) => normal);
}

/** The normal answer, but only after `release()`. */
function hold(options: HoldOptions = {}): HeldFault {
  let announce: (request: RecordedRequest) => void = () => undefined;
  let release: () => void = () => undefined;
  const arrived = new Promise<RecordedRequest>((resolve) => {
    announce = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const next = options.then ?? pass();
  return {
    kind: 'hold',
    arrived,
    release: () => {
      release();
    },
    async play(exchange: Exchange) {
      // A fault named in `then` decides on its own whether the request is applied.
      const early = options.then === undefined && options.applyOn !== 'release';
      if (early) await exchange.apply();
      announce(exchange.request);
      await released;
      await next.play(exchange);
    },
  };
}

function setAt(target: JsonValue, [key, ...rest]: string[], value: JsonValue | undefined): void {
  if (key === undefined) return;
  if (Array.isArray(target)) {
    const next = target[Number(key)];
    if (rest.length > 0 && next !== undefined) setAt(next, rest, value);
    else if (value === undefined) target.splice(Number(key), 1);
    else target[Number(key)] = value;
    return;
  }
  if (!isJsonObject(target)) return;
  const next = target[key];
  if (rest.length > 0 && next !== undefined) setAt(next, rest, value);
  else if (value === undefined) Reflect.deleteProperty(target, key);
  else target[key] = value;
}

export const answerFaults = {
  answer,
  text,
  html,
  malformedJson,
  emptyBody,
  redirect,
  rewrite,
  lie,
  wrongMediaType,
  gzip,
  pass,
  hold,
};
