import { drive, type LoadOrder } from '../load/drive.ts';
import { workloadOf } from '../workloads/index.ts';
import type { WorkloadSpec } from '../workloads/workload.ts';
import { announce, order, send } from './role.ts';

/** The load generator as a process. Each message orders one slice and is answered with its result. */
const { requests, data } = workloadOf(order() as WorkloadSpec);
process.on('message', (message) => {
  const slice = message as Omit<LoadOrder, 'requests' | 'data'>;
  drive({ ...slice, requests, data }).then(send, (error: unknown) => send({ error: String(error) }));
});
// It listens nowhere.
announce(0);
