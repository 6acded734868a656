import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface Recorded {
  readonly headers: IncomingHttpHeaders;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What the subgraph answered; empty until it has. */
  answer: string;
}

/** Stands between a gateway and a subgraph, passes everything on and keeps what the gateway sent. */
export interface Recorder {
  /** Origin to give the gateway. */
  readonly url: string;
  readonly requests: Recorded[];
  close(): Promise<void>;
}

/** Hop by hop, or made anew by the next hop. */
const NOT_PASSED_ON = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host', 'expect']);

export async function startRecorder(subgraphUrl: string): Promise<Recorder> {
  const requests: Recorded[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.once('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
      const recorded: Recorded = { headers: incoming.headers, query, variables: variables ?? {}, answer: '' };
      requests.push(recorded);
      const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
        typeof value === 'string' && !NOT_PASSED_ON.has(name) ? [[name, value]] : [],
      );
      fetch(`${subgraphUrl}${incoming.url ?? ''}`, { method: 'POST', headers, body }).then(
        async (answer) => {
          recorded.answer = await answer.text();
          const type = answer.headers.get('content-type') ?? 'application/json';
          response.writeHead(answer.status, { 'content-type': type }).end(recorded.answer);
        },
        () => response.destroy(),
      );
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the recorder does not listen');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
