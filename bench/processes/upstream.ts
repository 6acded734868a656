import { startUpstream } from '../upstream/upstream.ts';
import { workloadOf } from '../workloads/index.ts';
import type { WorkloadSpec } from '../workloads/workload.ts';
import { announce, order, send } from './role.ts';

/** The stand-in as a process. Any message is answered with its counts. */
const { spec, delayMs } = order() as { readonly spec: WorkloadSpec; readonly delayMs: number };
const upstream = await startUpstream(workloadOf(spec).exchanges, delayMs);
process.on('message', () => send(upstream.stats()));
announce(upstream.port);
