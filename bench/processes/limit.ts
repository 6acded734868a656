import { startLimit } from '../limit/server.ts';
import type { WorkloadSpec } from '../workloads/workload.ts';
import { announce, order } from './role.ts';

/** LIMIT as a process. */
const { spec, upstreamPort } = order() as { readonly spec: WorkloadSpec; readonly upstreamPort: number };
const { port } = await startLimit(spec.name, upstreamPort);
announce(port);
