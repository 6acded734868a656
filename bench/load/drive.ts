import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { MessageReader } from '../wire/message-reader.ts';
import { AnswerCheck } from './answer-check.ts';

/** One slice of load on one server. */
export interface LoadOrder {
  readonly port: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON texts, sent in rotation. */
  readonly requests: readonly string[];
  /** What `data` of every answer has to be. */
  readonly data: unknown;
  readonly connections: number;
  /** How long new requests are sent, milliseconds. */
  readonly durationMs: number;
  /** Ends the slice early after so many requests. */
  readonly maxRequests?: number;
  /** Goes on until there were so many, for ten times `durationMs` at most: a busy machine gets its warm-up too. */
  readonly minRequests?: number;
  /** Requests a second at a fixed pace. Absent: each connection sends as soon as it has its answer. */
  readonly ratePerSecond?: number;
}

export interface LoadResult {
  readonly answered: number;
  readonly faults: number;
  readonly firstFault: string | null;
  readonly elapsedMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** An answer that takes longer than this ends the slice. */
const PATIENCE_MS = 20_000;

/**
 * Sends requests and checks every answer. At a fixed pace the latency counts from the moment a request was due, whether a connection
 * was free then or not: a server that stalls cannot hide it.
 */
export async function drive(order: LoadOrder): Promise<LoadResult> {
  const { durationMs, maxRequests = Infinity, minRequests = 0, ratePerSecond } = order;
  const check = new AnswerCheck(order.data);
  const frames = order.requests.map((body) => frameOf(order, body));
  const latencies: number[] = [];
  const idle: Client[] = [];
  let sent = 0;
  let open = 0;
  let faults = 0;
  let firstFault: string | null = null;
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));

  const fail = (fault: string) => {
    faults += 1;
    firstFault ??= fault;
    ended = true;
    finish();
  };
  let ended = false;
  const clients = await Promise.all(
    Array.from({ length: order.connections }, () => Client.open(order.port, onAnswer, fail)),
  );
  const start = performance.now();
  const maySend = () => {
    if (ended || sent >= maxRequests) return false;
    return performance.now() - start < (sent < minRequests ? 10 * durationMs : durationMs);
  };

  function send(client: Client, dueAt: number): void {
    const frame = frames[sent % frames.length];
    if (frame === undefined) throw new Error('there is no request to send');
    sent += 1;
    open += 1;
    client.send(frame, dueAt);
  }

  function onAnswer(client: Client, head: string, body: Buffer): void {
    const fault = check.faultOf(head, body);
    if (fault !== undefined) return fail(fault);
    open -= 1;
    latencies.push(performance.now() - client.dueAt);
    if (ratePerSecond !== undefined) idle.push(client);
    else if (maySend()) return send(client, performance.now());
    if (open === 0 && !maySend()) finish();
  }

  const patience = setTimeout(() => fail('answers took too long'), 10 * durationMs + PATIENCE_MS);
  let pace: NodeJS.Timeout | undefined;
  if (ratePerSecond === undefined) {
    for (const client of clients) if (maySend()) send(client, performance.now());
  } else {
    idle.push(...clients);
    pace = setInterval(() => {
      while (maySend() && idle.length > 0) {
        const dueAt = start + (sent * 1_000) / ratePerSecond;
        if (dueAt > performance.now()) return;
        const client = idle.pop();
        if (client !== undefined) send(client, dueAt);
      }
      if (open === 0 && !maySend()) finish();
    }, 1);
  }
  await finished;
  const elapsedMs = performance.now() - start;
  clearTimeout(patience);
  clearInterval(pace);
  for (const client of clients) client.close();
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { answered: latencies.length, faults, firstFault, elapsedMs, p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** One keep-alive connection with at most one request in flight. */
class Client {
  readonly #socket: Socket;
  #closing = false;
  /** When the request in flight should have been sent, milliseconds on the clock of `performance.now()`. */
  dueAt = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async open(
    port: number,
    onAnswer: (client: Client, head: string, body: Buffer) => void,
    onFault: (fault: string) => void,
  ): Promise<Client> {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    await once(socket, 'connect');
    const client = new Client(socket);
    const reader = new MessageReader((head, body) => onAnswer(client, head, body));
    socket.on('data', (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch (error) {
        onFault(String(error));
      }
    });
    socket.on('error', (error) => onFault(`connection: ${error.message}`));
    socket.on('close', () => {
      if (!client.#closing) onFault('the server closed a connection');
    });
    return client;
  }

  send(frame: Buffer, dueAt: number): void {
    this.dueAt = dueAt;
    this.#socket.write(frame);
  }

  close(): void {
    this.#closing = true;
    this.#socket.destroy();
  }
}

function frameOf({ port, headers }: LoadOrder, body: string): Buffer {
  const all = {
    host: `127.0.0.1:${port}`,
    'content-type': 'application/json',
    accept: 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST /graphql HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}
