import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { schemaDiff } from './schema-diff.ts';
import { PRINTED_SDL } from './served-sdl.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

function committedAt(ref: string): string {
  try {
    return execFileSync('git', ['show', `${ref}:${PRINTED_SDL}`], { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    throw new Error(`${PRINTED_SDL} cannot be read at ${ref}`, { cause: error });
  }
}

/** `npm run schema:diff [git ref]`: ends with 1 when something breaks, with 2 when there is nothing to compare with. */
schemaDiff(process.argv.slice(2), committedAt).then(
  ({ text, breaking }) => {
    process.stdout.write(`${text}\n`);
    process.exitCode = breaking ? 1 : 0;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
