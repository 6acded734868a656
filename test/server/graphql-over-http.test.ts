import { serverAudits } from 'graphql-http';
import { format } from 'prettier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../support/world.ts';

const FORGERY =
  'A browser sends such a request from any page without asking first, so it is refused unless it carries `apollo-require-preflight` or `x-apollo-operation-name`.';
const ONE_STATUS =
  'A document that was refused is answered with 400 under both media types: a status of 200 would hide it from whatever watches statuses between client and service.';

/** Audits that do not pass, and why that is meant. */
const REASONS: Readonly<Record<string, string>> = {
  '5A70': FORGERY,
  D6D5: FORGERY,
  '6A70': FORGERY,
  '572B': ONE_STATUS,
  FDE2: ONE_STATUS,
  '7B9B': ONE_STATUS,
};

interface Verdict {
  readonly id: string;
  readonly name: string;
  readonly passed: boolean;
}

async function audit(world: World): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const each of serverAudits({ url: `${world.url}/graphql`, fetchFn: fetch })) {
    const { id, name, status } = await each.fn();
    verdicts.push({ id, name, passed: status === 'ok' });
  }
  return verdicts;
}

function toPage(verdicts: readonly Verdict[]): string {
  const rows = ['MUST', 'SHOULD', 'MAY'].map((level) => {
    const all = verdicts.filter(({ name }) => name.startsWith(`${level} `));
    return `| ${level} | ${all.filter(({ passed }) => passed).length} | ${all.length} |`;
  });
  const failed = verdicts.filter(({ passed }) => !passed);
  const exceptions = failed.map(({ id, name }) => `| ${id} | ${name} | ${REASONS[id] ?? 'unknown'} |`);
  return `# GraphQL over HTTP

Written by \`test/server/graphql-over-http.test.ts\`: the ${verdicts.length} audits that the package \`graphql-http\` makes of a server, run against this one.

| level | passed | audits |
| --- | ---: | ---: |
${rows.join('\n')}

What does not pass, one by one:

| audit | wants | why not here |
| --- | --- | --- |
${exceptions.join('\n')}
`;
}

describe('the audits of GraphQL over HTTP', () => {
  let short: World;
  let long: World;
  let verdicts: readonly Verdict[];
  beforeAll(async () => {
    [short, long] = await Promise.all([startWorld(), startWorld({}, { shortcuts: false })]);
    verdicts = await audit(short);
  });
  afterAll(() => Promise.all([short.close(), long.close()]));

  it('fail where there is a reason, and nowhere else', () => {
    const failed = verdicts.filter(({ passed }) => !passed).map(({ id }) => id);
    expect(verdicts).toHaveLength(61);
    expect([...failed].sort()).toEqual(Object.keys(REASONS).sort());
  });

  it('come to the same once more, when their operations are known', async () => {
    expect(await audit(short)).toEqual(verdicts);
    const metrics = await (await fetch(`${short.url}/metrics`)).text();
    expect(metrics).toMatch(/^graphql_executions_total\{by="plan",pipeline="none"\} [1-9]/m);
  });

  it('come to the same on the long way, through all of Apollo Server', async () => {
    expect(await audit(long)).toEqual(verdicts);
  });

  it('are what docs/graphql-over-http.md says', async () => {
    const page = await format(toPage(verdicts), { parser: 'markdown', printWidth: 140 });
    await expect(page).toMatchFileSnapshot('../../docs/graphql-over-http.md');
  });
});
