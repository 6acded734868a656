import type { Config } from '../config.ts';
import { pino, type DestinationStream, type Logger } from 'pino';
import { createCensor } from './censor.ts';
import { bufferedStdout } from './buffered-stdout.ts';

export type Log = Logger;

export interface LogOptions {
  readonly level: Config['logLevel'];
  /** Words that must never be written; they are replaced wherever they stand in a line. */
  readonly secrets: () => readonly string[];
  /** Where lines go; stdout when absent. */
  readonly destination?: DestinationStream | undefined;
}

/** JSON lines. Each line is searched for the configured secrets before it is written: no caller has to think of them. */
export function createLog({ level, secrets, destination }: LogOptions): Log {
  // As they look inside a JSON text.
  const censor = createCensor(secrets, (secret) => JSON.stringify(secret).slice(1, -1));
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: censor },
    },
    destination ?? bufferedStdout(),
  );
}

/**
 * The same lines, whatever `LOG_LEVEL` says, `silent` included: the level is about how much one wants to know of a service, and the record
 * of writes to regulated data must not end because somebody turned that down.
 */
export function createAuditLog(log: Log): Log {
  return log.child({}, { level: 'info' });
}
