import { setTimeout as pause } from 'node:timers/promises';

/** Text of `/metrics`. */
export async function metricsOf(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: 'close' } });
  return response.text();
}

/** Sum of all series of a metric whose labels hold a text. */
export function sumOf(metrics: string, name: string, label = ''): number {
  return metrics
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && line.includes(label))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

/** Waits until nothing is on its way to a backend any more, which after the load is a matter of one deadline; 15 s at most. */
export async function untilIdle(port: number): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    const metrics = await metricsOf(port);
    if (sumOf(metrics, 'upstream_requests_in_flight') + sumOf(metrics, 'upstream_requests_waiting') === 0) return;
    await pause(100);
  }
  throw new Error('after the load something is still on its way to a backend');
}
