import type { ServerResponse } from 'node:http';
// Named imports keep the real timers, so that a test may fake the global ones.
import { clearInterval, setInterval, setTimeout } from 'node:timers';
import type { AppliedOption } from './answer-faults.ts';
import type { Exchange, RenderedAnswer } from './exchange.ts';
import { renderAnswer, sendAnswer } from './exchange.ts';
import type { Fault } from './faults.ts';

/** A reset can overtake bytes that the peer has not read yet; this lets them arrive first. */
const settleMs = 15;

type Ending = 'end' | 'reset' | 'hang';

/** The real answer when the fault is to be applied, else a stand-in for the bytes to be spoilt. */
async function answerToSpoil(exchange: Exchange, options: AppliedOption): Promise<RenderedAnswer> {
  const placeholder = { status: 200, body: { error: 0, messages: [], data: { id: 1 } } };
  return renderAnswer(options.applied === true ? await exchange.apply() : placeholder);
}

function finish(exchange: Exchange, ending: Ending): void {
  if (ending === 'end') exchange.endConnection();
  if (ending === 'reset') setTimeout(exchange.reset, settleMs);
}

/** Sends the headers, a part of the body, and then ends as told. */
function cutOff(
  kind: string,
  part: 'headers' | 'half-body',
  framing: 'length' | 'chunked',
  ending: Ending,
): (options?: AppliedOption) => Fault {
  return (options = {}) => ({
    kind,
    async play(exchange) {
      const { status, headers, bytes } = await answerToSpoil(exchange, options);
      const length = framing === 'length' ? { 'content-length': bytes.length } : {};
      exchange.response.writeHead(status, { ...headers, ...length });
      exchange.response.flushHeaders();
      if (part === 'half-body') exchange.response.write(bytes.subarray(0, bytes.length >> 1));
      finish(exchange, ending);
    },
  });
}

/** Takes the request in and then never answers, or breaks the connection without one byte. */
function silent(kind: string, ending: Ending): (options?: AppliedOption) => Fault {
  return (options = {}) => ({
    kind,
    async play(exchange) {
      if (options.applied === true) await exchange.apply();
      if (ending === 'reset') exchange.reset();
      if (ending === 'end') exchange.endConnection();
    },
  });
}

/** The headers at once, then the body a few bytes at a time, then more spaces without an end. */
function dripFeed(options: AppliedOption & { readonly bytes?: number; readonly everyMs?: number } = {}): Fault {
  return {
    kind: 'dripFeed',
    async play(exchange) {
      const { status, headers, bytes } = await answerToSpoil(exchange, options);
      const { response } = exchange;
      const size = options.bytes ?? 1;
      let sent = 0;
      response.writeHead(status, headers);
      response.flushHeaders();
      const timer = setInterval(() => {
        const next = bytes.subarray(sent, sent + size);
        sent += size;
        response.write(next.length > 0 ? next : ' '.repeat(size));
      }, options.everyMs ?? 20);
      response.once('close', () => {
        clearInterval(timer);
      });
    },
  };
}

/** A valid JSON text of so many bytes: one long string. Without a declared length it comes in chunks. */
function oversized(totalBytes: number, options: AppliedOption & { readonly declareLength?: boolean } = {}): Fault {
  return {
    kind: 'oversized',
    async play({ apply, response }) {
      if (options.applied === true) await apply();
      const length = options.declareLength === true ? { 'content-length': totalBytes } : {};
      response.writeHead(200, { 'content-type': 'application/json', ...length });
      response.write('"');
      await fill(response, totalBytes - 2);
      response.end('"');
    },
  };
}

async function fill(response: ServerResponse, totalBytes: number): Promise<void> {
  const block = Buffer.alloc(64 * 1024, 'x');
  for (let left = totalBytes; left > 0 && !response.destroyed; left -= block.length) {
    const more = response.write(block.subarray(0, Math.min(left, block.length)));
    if (!more) await drained(response);
  }
}

/** Also settles when the reader goes away, which is what a size limit is meant to cause. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      response.off('drain', settle);
      response.off('close', settle);
      resolve();
    };
    response.once('drain', settle);
    response.once('close', settle);
  });
}

/** An interim response, then the normal answer. 100 comes although nobody asked to continue. */
function informational(status: 100 | 102 | 103 = 103): Fault {
  return {
    kind: `informational ${String(status)}`,
    async play({ apply, response }) {
      if (status === 100) response.writeContinue();
      if (status === 102) response.writeProcessing();
      if (status === 103) response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
      sendAnswer(response, await apply());
    },
  };
}

/** Arbitrary bytes in place of an HTTP response. */
function rawBytes(bytes: string | Buffer, options: AppliedOption & { readonly ending?: Ending } = {}): Fault {
  return {
    kind: 'rawBytes',
    async play(exchange) {
      if (options.applied === true) await exchange.apply();
      exchange.response.socket?.write(bytes);
      finish(exchange, options.ending ?? 'end');
    },
  };
}

export const connectionFaults = {
  resetBeforeHeaders: silent('resetBeforeHeaders', 'reset'),
  endBeforeHeaders: silent('endBeforeHeaders', 'end'),
  resetAfterHeaders: cutOff('resetAfterHeaders', 'headers', 'length', 'reset'),
  resetInsideBody: cutOff('resetInsideBody', 'half-body', 'length', 'reset'),
  endInsideBody: cutOff('endInsideBody', 'half-body', 'length', 'end'),
  chunkedTruncated: cutOff('chunkedTruncated', 'half-body', 'chunked', 'end'),
  hangBeforeHeaders: silent('hangBeforeHeaders', 'hang'),
  hangAfterHeaders: cutOff('hangAfterHeaders', 'headers', 'length', 'hang'),
  hangInsideBody: cutOff('hangInsideBody', 'half-body', 'length', 'hang'),
  dripFeed,
  oversized,
  informational,
  rawBytes,
};
