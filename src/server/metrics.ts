import { collectDefaultMetrics, Counter, Registry } from 'prom-client';
import type { BackendConnection } from '../backends/backend.ts';
import type { CallObserver } from '../backends/http/call.ts';
import { registerBackendMetrics } from './backend-metrics.ts';
import { DurationHistogram } from './duration-histogram.ts';
import { metricsOfAllWorkers } from './shared-metrics.ts';

/** What the service counts. Labels are names from the schema and from closed lists, never ids. */
export interface Metrics {
  readonly contentType: string;
  /** The state in Prometheus' text format; of all workers together, where there are several. */
  text(): Promise<string>;
  operation(type: string, codes: readonly string[], durationMs: number): void;
  /** An operation whose client went away before its answer. */
  clientLeft(type: string): void;
  execution(execution: Execution): void;
  /** A request that was refused before it was an operation. */
  refusal(code: string): void;
  /** The file of a secret has changed; whether what it holds now can be used. */
  secretRead(setting: string, result: 'new' | 'unusable'): void;
  readonly observeCall: CallObserver;
  /** Shows the state of these from now on. */
  watch(connections: Readonly<Record<string, BackendConnection>>): void;
}

/** How an operation was executed. */
export interface Execution {
  readonly by: 'plan' | 'graphql-js';
  /** What of Apollo Server was around it: its handling of HTTP as well, its engine alone, or nothing. */
  readonly pipeline: 'http' | 'engine' | 'none';
}

/** @param isWorker whether this process is one of several that serve together */
export function createMetrics(isWorker = false): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const operations = new DurationHistogram({
    name: 'graphql_operation_duration_seconds',
    help: 'Time from the start of an operation to its answer.',
    labelNames: ['type'],
    registers,
  });
  const errors = new Counter({
    name: 'graphql_errors_total',
    help: 'GraphQL errors in answers, by code.',
    labelNames: ['type', 'code'],
    registers,
  });
  const left = new Counter({
    name: 'graphql_clients_left_total',
    help: 'Operations whose client went away before the answer; their errors are not counted, nobody was told.',
    labelNames: ['type'],
    registers,
  });
  const executions = {
    plan: { http: 0, engine: 0, none: 0 },
    'graphql-js': { http: 0, engine: 0, none: 0 },
  } satisfies Record<Execution['by'], Record<Execution['pipeline'], number>>;
  new Counter({
    name: 'graphql_executions_total',
    help: 'Operations by what executed them (plan, or graphql-js) and what of Apollo Server was around it (http, engine, none).',
    labelNames: ['by', 'pipeline'],
    registers,
    // Counted in a plain object, because every operation counts here; copied when the metrics are read.
    collect() {
      this.reset();
      for (const [by, pipelines] of Object.entries(executions)) {
        for (const [pipeline, times] of Object.entries(pipelines)) if (times > 0) this.inc({ by, pipeline }, times);
      }
    },
  });
  const calls = new DurationHistogram({
    name: 'upstream_request_duration_seconds',
    help: 'Time of single sends to a backend, repeated ones included; result is ok or the kind of failure.',
    labelNames: ['backend', 'endpoint', 'result'],
    registers,
  });
  const secretReads = new Counter({
    name: 'secret_file_changes_total',
    help: 'Changes seen in the files of secrets, by setting; result is new or unusable.',
    labelNames: ['setting', 'result'],
    registers,
  });
  return {
    contentType: registry.contentType,
    text: isWorker ? metricsOfAllWorkers(registry) : () => registry.metrics(),
    operation(type, codes, durationMs) {
      operations.add({ type }, durationMs);
      for (const code of codes) errors.inc({ type, code });
    },
    clientLeft: (type) => left.inc({ type }),
    execution({ by, pipeline }) {
      executions[by][pipeline] += 1;
    },
    refusal: (code) => errors.inc({ type: 'none', code }),
    watch: (connections) => registerBackendMetrics(registry, connections),
    secretRead: (setting, result) => secretReads.inc({ setting, result }),
    observeCall({ backend, endpoint, result, durationMs }) {
      calls.add({ backend, endpoint, result }, durationMs);
    },
  };
}
