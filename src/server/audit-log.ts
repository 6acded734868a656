import type { AuditEntry } from './audit-entry.ts';
import { answersTogether } from './end-of-turn.ts';
import type { Log } from './log.ts';

/** Records a write. Resolves when the record is written out. @throws whatever kept it from being written */
export type AuditLog = (entry: AuditEntry) => Promise<void>;

/**
 * The same lines as the log's, whatever `LOG_LEVEL` says, `silent` included: the level is about how much one wants to know of a service,
 * and the record of writes to regulated data must not end because somebody turned that down. Records whose
 * callers are answered together are written out together, before that: a system call for each costs as much as the rest of the record.
 */
export function createAuditLog(log: Log): AuditLog {
  const lines = log.child({}, { level: 'info' });
  let written: Promise<void> | undefined;
  const writeTogether = async () => {
    await answersTogether();
    written = undefined;
    lines.flush();
  };
  return (entry) => {
    lines.info(entry, 'audit');
    return (written ??= writeTogether());
  };
}
