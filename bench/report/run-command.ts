import { OptionError } from '../options.ts';

/** Runs a command of the benchmark. What is wrong with its options is told without a stack and with the `usage`, all else with a stack. `--help` prints the usage. */
export function runCommand(main: () => Promise<void>, usage: string): void {
  if (process.argv.includes('--help')) {
    process.stdout.write(usage);
    return;
  }
  main().catch((error: unknown) => {
    const report =
      error instanceof OptionError
        ? `${error.message}\n\n${usage}`
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
    process.stderr.write(`${report}\n`);
    process.exit(1);
  });
}
