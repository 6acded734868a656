import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Over this time a share is measured, microseconds. Short, so that a process that has used it up does not wait for long. */
const PERIOD_US = 10_000;

const VERSION_1 = '/sys/fs/cgroup/cpu';
const VERSION_2 = '/sys/fs/cgroup';

/**
 * Lets each process use no more than a share of one processor, by Linux's control groups: as if each ran on a machine of its own, which
 * shows what a second one brings even where there are no more cores. Version 1 of control groups was tried; version 2 is by its documentation.
 * @param share above 0, at most 1
 * @returns what takes the groups away again, once the processes have ended
 * @throws Error where the system does not allow it, which takes root
 */
export function limitEach(pids: readonly number[], share: number): () => void {
  const isFirst = existsSync(join(VERSION_1, 'cpu.cfs_quota_us'));
  const quota = Math.round(share * PERIOD_US);
  const folders = pids.map((pid) => join(isFirst ? VERSION_1 : VERSION_2, `incident-subgraph-${pid}`));
  for (const [index, folder] of folders.entries()) {
    mkdirSync(folder);
    if (isFirst) {
      writeFileSync(join(folder, 'cpu.cfs_period_us'), String(PERIOD_US));
      writeFileSync(join(folder, 'cpu.cfs_quota_us'), String(quota));
    } else {
      writeFileSync(join(folder, 'cpu.max'), `${quota} ${PERIOD_US}`);
    }
    writeFileSync(join(folder, 'cgroup.procs'), String(pids[index]));
  }
  return () => {
    for (const folder of folders) rmdirSync(folder);
  };
}
