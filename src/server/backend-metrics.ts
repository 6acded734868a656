import { Counter, Gauge, type Registry } from 'prom-client';
import type { BackendConnection, BackendStatus, BreakerState, ShedReason } from '../backends/backend.ts';

const BREAKER_STATES: readonly BreakerState[] = ['closed', 'open', 'half-open'];
const SHED_REASONS: readonly ShedReason[] = ['breaker', 'queue_full', 'queue_time'];
const REPEAT_RESULTS = ['sent', 'refused'] as const;

/** Shows in a registry how the way to each backend looks. Read when somebody asks, so that a call costs nothing more. */
export function registerBackendMetrics(
  registry: Registry,
  connections: Readonly<Record<string, BackendConnection>>,
): void {
  const registers = [registry];
  const each = (show: (backend: string, status: BackendStatus) => void) => {
    for (const [name, connection] of Object.entries(connections)) show(name, connection.status());
  };
  new Gauge({
    name: 'upstream_breaker_state',
    help: 'State of the circuit breaker of each backend: 1 for the one it is in, 0 for the others.',
    labelNames: ['backend', 'state'],
    registers,
    collect() {
      each((backend, { breaker }) => {
        for (const state of BREAKER_STATES) this.set({ backend, state }, state === breaker ? 1 : 0);
      });
    },
  });
  new Gauge({
    name: 'upstream_requests_in_flight',
    help: 'Sends under way.',
    labelNames: ['backend'],
    registers,
    collect() {
      each((backend, { inFlight }) => this.set({ backend }, inFlight));
    },
  });
  new Gauge({
    name: 'upstream_requests_waiting',
    help: 'Sends that wait for their turn.',
    labelNames: ['backend'],
    registers,
    collect() {
      each((backend, { waiting }) => this.set({ backend }, waiting));
    },
  });
  new Counter({
    name: 'upstream_repeats_total',
    help: 'Repeated sends, and repeats that the budget refused.',
    labelNames: ['backend', 'result'],
    registers,
    collect() {
      this.reset();
      each((backend, { repeats }) => {
        for (const result of REPEAT_RESULTS) this.inc({ backend, result }, repeats[result]);
      });
    },
  });
  new Counter({
    name: 'upstream_shed_total',
    help: 'Sends turned away before anything left: breaker not closed, queue full, or no turn within the time left.',
    labelNames: ['backend', 'reason'],
    registers,
    collect() {
      this.reset();
      each((backend, { shed }) => {
        for (const reason of SHED_REASONS) this.inc({ backend, reason }, shed[reason]);
      });
    },
  });
}
