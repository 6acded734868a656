import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { MessageReader } from '../wire/message-reader.ts';
import type { UpstreamExchange } from '../workloads/workload.ts';

/** What every candidate signs its calls with. */
export const AEGISTER_TOKEN = 'bench-aegister-token';
export const RADAR_API_KEY = 'bench-radar-key';

export interface UpstreamStats {
  /** Calls answered as expected. */
  readonly calls: number;
  /** Calls that were not those of the workload; answered with 500. */
  readonly faults: number;
  readonly firstFault: string | null;
}

export interface Upstream {
  readonly port: number;
  /** Counts since the start. */
  stats(): UpstreamStats;
  close(): Promise<void>;
}

interface Prepared {
  readonly body: Buffer;
  readonly signature: string;
  readonly answer: Buffer;
}

const REFUSAL = 'HTTP/1.1 500 Internal Server Error\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}';

/**
 * Both backends in one, for exactly the calls of a workload. Answers are made beforehand. What arrives is checked: method, path,
 * credential, media type, and the body byte by byte; anything else is answered with 500 and counted.
 * @param delayMs time until each answer, milliseconds
 */
export async function startUpstream(
  exchanges: readonly UpstreamExchange[],
  delayMs: number,
  port = 0,
): Promise<Upstream> {
  const prepared = new Map(exchanges.map((exchange) => [`${exchange.method} ${exchange.path}`, prepare(exchange)]));
  const sockets = new Set<Socket>();
  let calls = 0;
  let faults = 0;
  let firstFault: string | null = null;

  const answerTo = (head: string, body: Buffer): Buffer | string => {
    const start = head.slice(0, head.indexOf(' HTTP/1.1'));
    const expected = prepared.get(start);
    const fault = expected === undefined ? 'no such call' : faultOf(expected, head, body);
    if (expected !== undefined && fault === undefined) {
      calls += 1;
      return expected.answer;
    }
    faults += 1;
    firstFault ??= `${start}: ${fault}: ${body.toString('utf8', 0, 300)}`;
    return REFUSAL;
  };

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const reader = new MessageReader((head, body) => {
      const answer = answerTo(head, body);
      if (delayMs === 0) socket.write(answer);
      else setTimeout(() => socket.writable && socket.write(answer), delayMs);
    });
    socket.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch (error) {
        faults += 1;
        firstFault ??= String(error);
        socket.destroy();
      }
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the stand-in has no port');

  return {
    port: address.port,
    stats: () => ({ calls, faults, firstFault }),
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function prepare({ backend, body = '', answer }: UpstreamExchange): Prepared {
  const bytes = Buffer.from(answer);
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${bytes.length}\r\n\r\n`;
  const signature = backend === 'aegister' ? `x-aegister-token: ${AEGISTER_TOKEN}` : `pgrapikey: ${RADAR_API_KEY}`;
  return { body: Buffer.from(body), signature, answer: Buffer.concat([Buffer.from(head), bytes]) };
}

function faultOf({ body: expected, signature }: Prepared, head: string, body: Buffer): string | undefined {
  const lowerHead = head.toLowerCase();
  if (!lowerHead.includes(signature)) return 'without its credential';
  if (expected.length > 0 && !lowerHead.includes('\r\ncontent-type: application/json')) return 'without its media type';
  return body.equals(expected) ? undefined : 'another body than expected';
}
