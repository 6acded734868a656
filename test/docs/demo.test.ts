import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { examples } from '../../examples/demo/examples.ts';
import { postGraphQL } from '../support/world.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('npm run demo', () => {
  let demo: ChildProcess | undefined;
  afterEach(() => demo?.kill('SIGKILL'));

  it('prints an address and mutations that work as they are, and stops cleanly on Ctrl-C', async () => {
    demo = spawn(process.execPath, ['--import', 'tsx', 'examples/demo/main.ts'], {
      cwd: root,
      env: { PATH: process.env['PATH'], PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const printed = await firstOutput(demo);
    const url = /GraphQL\s+(http:\S+)\/graphql/.exec(printed)?.[1] ?? '';

    for (const example of [examples.updateIncident, examples.updateIncidentGroup]) {
      expect(printed.replaceAll(/^ {4}/gm, '')).toContain(example);
      const answer = await postGraphQL(url, { query: example });
      expect(answer.errors).toBeUndefined();
      expect(answer.status).toBe(200);
    }
    const shellBody = /-d '(\{.*\})'/.exec(printed)?.[1] ?? '';
    const fromShell = await postGraphQL(url, JSON.parse(shellBody) as object);
    expect(fromShell.data).toMatchObject({ updateIncident: { incident: { status: 'SUBMITTED' } } });

    demo.kill('SIGINT');
    const [code] = (await once(demo, 'exit')) as [number | null];
    expect(code).toBe(0);
  });
});

/** What the process prints, up to the last line of its greeting. */
function firstOutput(process: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    process.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('Ctrl-C')) resolve(text);
    });
    process.once('exit', () => reject(new Error(`the demo ended early: ${text}`)));
  });
}
