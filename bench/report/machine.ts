import { cpus, totalmem } from 'node:os';
import { pinned } from '../measure/child.ts';

/** One sentence about where figures come from; without it they mean nothing. @param serverMayUseAll whether the server was not kept on one core */
export function machine(serverMayUseAll = false): string {
  const [first] = cpus();
  const model = (first?.model ?? '').trim() || 'unnamed processor';
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const server = serverMayUseAll ? 'servers on any core' : 'server on core 1';
  const place = pinned
    ? `${server}, load generator and stand-in on core 0 (taskset)`
    : 'processes not pinned to cores: figures are rougher';
  return `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} x ${model}, ${memory}; ${place}.`;
}
