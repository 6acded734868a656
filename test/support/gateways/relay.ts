import type { RecordedRequest } from '../../stand-ins/exchange.ts';
import { isJsonObject, type JsonObject } from '../../stand-ins/json.ts';
import { startStandIn, type StandIn } from '../../stand-ins/stand-in-server.ts';

/** The line between a gateway and this service. It records what the gateway sends, and it can be made to fail like a backend. */
export interface Relay {
  readonly line: StandIn;
  /** Bodies of this service's answers, in the order in which they came. */
  readonly answers: string[];
  /** Has what comes from now on answered by this service. */
  leadTo(serviceUrl: string): void;
}

/** They belong to one connection, or are written anew by whoever sends. */
const NOT_PASSED_ON = new Set(['host', 'connection', 'keep-alive', 'content-length', 'transfer-encoding']);

/** A relay that leads to this service until told otherwise. */
export async function startRelay(serviceUrl: string): Promise<Relay> {
  let target = serviceUrl;
  const answers: string[] = [];
  const line = await startStandIn({
    host: '127.0.0.1',
    port: 0,
    // Gateways notice a closed connection late; whoever sends must be the first to close it.
    keepAliveMs: 75_000,
    async handle(request) {
      const answer = await passOn(request, target);
      answers.push(answer.body.toString('utf8'));
      return answer;
    },
  });
  return { line, answers, leadTo: (url) => (target = url) };
}

async function passOn({ method, path, headers, body }: RecordedRequest, target: string) {
  const passed = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' && !NOT_PASSED_ON.has(name) ? [[name, value] as const] : [],
  );
  const answer = await fetch(target + path, { method, headers: Object.fromEntries(passed), body });
  return {
    status: answer.status,
    headers: {
      'content-type': answer.headers.get('content-type'),
      'x-correlation-id': answer.headers.get('x-correlation-id'),
    },
    body: Buffer.from(await answer.arrayBuffer()),
  };
}

/** The operations that the gateway has sent: query and variables of each. */
export function operationsOf({ line }: Relay): readonly { readonly query: string; readonly variables: JsonObject }[] {
  return line.requests.map(({ bodyJson }) => {
    if (!isJsonObject(bodyJson) || typeof bodyJson['query'] !== 'string') throw new Error('the gateway sent no query');
    const { query, variables } = bodyJson;
    return { query, variables: isJsonObject(variables) ? variables : {} };
  });
}
