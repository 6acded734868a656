import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const MODULE = fileURLToPath(new URL('../../src/server/buffered-stdout.ts', import.meta.url));

/** Lines whose bytes do not fit the buffer evenly: of one to four bytes a character, and some longer than all of the buffer. */
function lines(): readonly string[] {
  const words = ['plain', 'Grüße', 'Инцидент', '漏洞', '🔥'];
  const lengths = [1, 7, 50, 333, 4_095, 4_096, 4_097, 40_000];
  return lengths.flatMap((length) =>
    words.map((word, index) => {
      const level = index === 3 && length === 50 ? 'warn' : 'info';
      return `{"level":"${level}","msg":"${word.repeat(Math.ceil(length / word.length))}"}\n`;
    }),
  );
}

describe('the buffer in front of standard output', () => {
  it.each([['of one process', false] as const, ['that processes share', true] as const])(
    '%s writes every line whole, in order and unchanged',
    async (_title, isShared) => {
      const script = `
        const { readFileSync } = await import('node:fs');
        const { bufferedStdout } = await import(${JSON.stringify(MODULE)});
        const stdout = bufferedStdout(${isShared});
        for (const line of JSON.parse(readFileSync(0, 'utf8'))) stdout.write(line);
      `;
      const parameters = ['--import', 'tsx', '--input-type=module', '--eval', script];
      const running = run(process.execPath, parameters, { maxBuffer: 2 ** 24 });
      running.child.stdin?.end(JSON.stringify(lines()));
      const { stdout } = await running;
      expect(stdout).toBe(lines().join(''));
    },
    60_000,
  );
});
