import { entities } from './entities.ts';
import { incidentGroup } from './incident-group.ts';
import { updateIncident } from './update-incident.ts';
import { updateIncidentGroup } from './update-incident-group.ts';
import type { Workload, WorkloadName, WorkloadSpec } from './workload.ts';

interface Definition {
  readonly make: (size: number, documents: number) => Workload;
  readonly defaultSize: number;
  readonly largestSize: number;
  /** What the size counts, for messages and tables. */
  readonly unit: string;
}

export const WORKLOADS: Readonly<Record<WorkloadName, Definition>> = {
  W1: { make: updateIncident, defaultSize: 0, largestSize: 990_000, unit: 'bytes of free text' },
  W2: { make: updateIncidentGroup, defaultSize: 20, largestSize: 10_000, unit: 'linked ids' },
  W3: { make: incidentGroup, defaultSize: 100, largestSize: 10_000, unit: 'findings' },
  W4: { make: entities, defaultSize: 50, largestSize: 1_000, unit: 'representations' },
};

/** Builds a workload; the same spec gives the same one in every process. */
export function workloadOf({ name, size, documents = 1 }: WorkloadSpec): Workload {
  const { make, defaultSize } = WORKLOADS[name];
  return make(size ?? defaultSize, documents);
}
