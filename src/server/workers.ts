import cluster, { type Worker } from 'node:cluster';
import type { Log } from './log.ts';
import { answerMetricsRequests } from './shared-metrics.ts';

/** How long a worker has to have run for its replacement to start at once, milliseconds. One that dies sooner would die again and again. */
const STABLE_MS = 5_000;
/** How long its replacement waits otherwise, milliseconds. */
const RESTART_DELAY_MS = 1_000;

/** Whether this process is one of several that `superviseWorkers` started. */
export const isWorker: boolean = cluster.isWorker;

/**
 * Runs the service `count` times behind one port, and answers the exit code for this process once all of them have ended: 0 when every
 * one ended in order after SIGTERM or SIGINT, 1 otherwise. A worker that dies is replaced; one that cannot even start to listen
 * ends the others, since a setting or the port is at fault and not the moment.
 */
export function superviseWorkers(count: number, log: Log): Promise<number> {
  return new Promise((resolve) => {
    let stopping = false;
    let exitCode = 0;
    const alive = new Set<Worker>();
    const pendingStarts = new Set<NodeJS.Timeout>();

    const stop = (signal: NodeJS.Signals) => {
      stopping = true;
      for (const timer of pendingStarts) clearTimeout(timer);
      // Not cluster.disconnect(): it would cut the idle connections that each worker still listens to for a moment.
      for (const worker of alive) worker.process.kill(signal);
      if (alive.size === 0) resolve(exitCode);
    };
    const start = () => {
      const worker = cluster.fork();
      const startedAt = performance.now();
      let listens = false;
      alive.add(worker);
      worker.once('listening', () => (listens = true));
      worker.once('exit', (code, signal) => {
        alive.delete(worker);
        if (stopping) {
          if (code !== 0) exitCode = 1;
          if (alive.size === 0) resolve(exitCode);
          return;
        }
        if (!listens) {
          exitCode = 1;
          return stop('SIGTERM');
        }
        log.error({ worker: worker.id, code, signal }, 'a worker died and is replaced');
        const timer = setTimeout(
          () => {
            pendingStarts.delete(timer);
            start();
          },
          performance.now() - startedAt < STABLE_MS ? RESTART_DELAY_MS : 0,
        );
        pendingStarts.add(timer);
      });
    };

    answerMetricsRequests();
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
    for (let started = 0; started < count; started += 1) start();
  });
}
