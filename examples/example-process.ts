import { CompositionError } from '../federation/compose.ts';
import { ConfigError } from '../src/config.ts';

export interface Example {
  /** What to tell whoever started it, ready to be printed. */
  readonly greeting: string;
  /** Ends everything it started, in order. */
  close(): Promise<void>;
}

/** Runs an example until Ctrl-C or SIGTERM, then ends with 0; with 1 when it cannot start or stop. */
export function runExample(start: (environment: NodeJS.ProcessEnv) => Promise<Example>): void {
  start(process.env).then(({ greeting, close }) => {
    process.stdout.write(greeting);
    const stop = () => {
      close().then(() => process.exit(0), fail);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  }, fail);
}

/** Moves a text to the right, for a greeting. */
export function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}

/** An operation as a shell command. */
export function curl(url: string, query: string): string {
  const body = JSON.stringify({ query: query.replace(/\s+/g, ' ') });
  return `curl -s ${url}/graphql -H 'content-type: application/json' -d '${body}'`;
}

function fail(error: unknown): never {
  const isMeantForReaders = error instanceof ConfigError || error instanceof CompositionError;
  const report = isMeantForReaders ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${report}\n`);
  process.exit(1);
}
