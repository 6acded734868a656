/** Words for everything the benchmark sends and expects. */

export const WORKLOAD_NAMES = ['W1', 'W2', 'W3', 'W4'] as const;
export type WorkloadName = (typeof WORKLOAD_NAMES)[number];

/** Which workload, and how large. Small enough to travel to another process as JSON. */
export interface WorkloadSpec {
  readonly name: WorkloadName;
  /** What it means depends on the workload: bytes of free text, ids, findings, representations. Absent: as documented. */
  readonly size?: number;
  /** How many different documents are sent in rotation; each differs from the others by its operation's name. */
  readonly documents?: number;
}

/** One call that a candidate has to make at a backend. */
export interface UpstreamExchange {
  readonly backend: 'aegister' | 'radar';
  readonly method: 'GET' | 'PATCH' | 'PUT';
  readonly path: string;
  /** JSON text that has to arrive, byte by byte; absent for a read. */
  readonly body?: string;
  /** JSON text of the answer, under status 200. */
  readonly answer: string;
}

export interface Workload {
  readonly name: WorkloadName;
  readonly title: string;
  /** JSON texts of the GraphQL requests, sent in rotation. */
  readonly requests: readonly string[];
  /** What `data` of every answer has to be. */
  readonly data: unknown;
  /** The calls that make up one operation, each exactly once. */
  readonly exchanges: readonly UpstreamExchange[];
}

/** The GraphQL requests of a workload: the same operation under `documents` different names. */
export function requestsOf(
  documents: number,
  operation: (name: string) => string,
  variables: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Array.from({ length: documents }, (_, index) => {
    const operationName = `Bench${index}`;
    return JSON.stringify({ operationName, query: operation(operationName), variables });
  });
}

/** The `index`-th UUID of a kind of record: numbered, yet of the form of version 4. */
export function numberedUuid(kind: 'group' | 'finding', index: number): string {
  return `${kind === 'group' ? '10000000' : '20000000'}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
}
