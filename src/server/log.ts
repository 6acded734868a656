import type { Config } from '../config.ts';
import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

export interface LogOptions {
  readonly level: Config['logLevel'];
  /** Strings that must never be written; they are replaced wherever they stand in a line. */
  readonly secrets: readonly string[];
  /** Where lines go; stdout when absent. */
  readonly destination?: DestinationStream | undefined;
}

/** Below this many characters a secret is part of ordinary words, and taking it out would only garble the log. */
const SHORTEST_CENSORED = 6;

/** JSON lines. Each line is searched for the configured secrets before it is written: no caller has to think of them. */
export function createLog({ level, secrets, destination }: LogOptions): Log {
  // As they look inside a JSON text.
  const written = secrets
    .filter((secret) => secret.length >= SHORTEST_CENSORED)
    .map((secret) => JSON.stringify(secret).slice(1, -1));
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: (line) => written.reduce(censor, line) },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}

function censor(line: string, secret: string): string {
  return line.includes(secret) ? line.replaceAll(secret, '[secret]') : line;
}
