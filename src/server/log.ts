import { pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from '../config.ts';
import { bufferedStdout } from './buffered-stdout.ts';
import { createCensor } from './censor.ts';

export type Log = Logger;

export interface LogOptions {
  readonly config: Pick<Config, 'logLevel' | 'workers'>;
  /** Words that must never be written; they are replaced wherever they stand in a line. */
  readonly secrets: () => readonly string[];
  /** Where lines go; stdout when absent. */
  readonly destination?: DestinationStream | undefined;
}

/** JSON lines. Each line is searched for the configured secrets before it is written: no caller has to think of them. */
export function createLog({ config, secrets, destination }: LogOptions): Log {
  // As they look inside a JSON text.
  const censor = createCensor(secrets, (secret) => JSON.stringify(secret).slice(1, -1));
  return pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: isoTime(),
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: censor },
    },
    destination ?? bufferedStdout(config.workers > 1),
  );
}

/** The present as pino wants it. Lines of the same millisecond share its text, which is dearer to make than the rest of a line. */
function isoTime(): () => string {
  let last = 0;
  let text = '';
  return () => {
    const now = Date.now();
    if (now !== last) {
      last = now;
      text = `,"time":"${new Date(now).toISOString()}"`;
    }
    return text;
  };
}
