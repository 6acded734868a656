import type { Config } from '../config.ts';
import { pino, type DestinationStream, type Logger } from 'pino';
import { createCensor } from './censor.ts';

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
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}
