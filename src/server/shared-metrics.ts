import cluster from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';

/** What a worker asks the supervising process for, and what it gets back, over the channel between them. */
interface Message {
  readonly type: 'metrics-wanted' | 'metrics';
  readonly request: number;
  readonly text?: string | undefined;
}

function isMessage(value: unknown, type: Message['type']): value is Message {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === type && 'request' in value;
}

/** In the supervising process: answers workers with the metrics of all workers taken together. */
export function answerMetricsRequests(): void {
  const aggregator = new AggregatorRegistry();
  cluster.on('message', (worker, message: unknown) => {
    if (!isMessage(message, 'metrics-wanted')) return;
    const answer = (text?: string) => {
      const reply: Message = { type: 'metrics', request: message.request, text };
      if (worker.isConnected()) worker.send(reply);
    };
    // A worker that hangs makes this fail after a few seconds; then there is no text, which is an error of the one who asks.
    aggregator.clusterMetrics().then(answer, () => answer());
  });
}

/**
 * In a worker: a function that answers the metrics of all workers, whichever of them is asked.
 * @throws Error (from the function) when a worker does not tell its part in time
 */
export function metricsOfAllWorkers(own: Registry): () => Promise<string> {
  AggregatorRegistry.setRegistries([own]);
  // Its construction is what makes this process answer for its own part.
  new AggregatorRegistry();
  const waiting = new Map<number, (text: string | undefined) => void>();
  let last = 0;
  process.on('message', (message: unknown) => {
    if (!isMessage(message, 'metrics')) return;
    waiting.get(message.request)?.(message.text);
    waiting.delete(message.request);
  });
  return () =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, (text) => {
        if (text === undefined) reject(new Error('a worker did not tell its metrics in time'));
        else resolve(text);
      });
      process.send?.({ type: 'metrics-wanted', request: last } satisfies Message);
    });
}
