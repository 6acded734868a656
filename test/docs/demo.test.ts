import { afterEach, describe, expect, it } from 'vitest';
import { examples } from '../../examples/demo/examples.ts';
import { endProcesses, startProcess } from '../support/server-process.ts';
import { postGraphQL } from '../support/world.ts';

describe('npm run demo', () => {
  afterEach(endProcesses);

  it('prints an address and mutations that work as they are, and stops cleanly on Ctrl-C', async () => {
    const demo = startProcess([process.execPath, '--import', 'tsx', 'examples/demo/main.ts'], { PORT: '0' });
    const printed = await demo.printed('Ctrl-C');
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
    expect(await demo.exited).toEqual({ code: 0, signal: null });
  });
});
