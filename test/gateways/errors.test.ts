import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTER_SECRET, startErrorBench, type ErrorBench } from '../support/gateways/error-bench.ts';
import {
  documentSituations,
  fieldSituations,
  hangingLine,
  lineFaults,
  type LineFault,
  type Situation,
} from '../support/gateways/error-situations.ts';
import { gateways, tableSuffix } from '../support/gateways/index.ts';
import { direct, type Configuration, type Route } from '../support/gateways/gateway.ts';
import { differences, inFull, inShort, seenOf, type Seen } from '../support/gateways/seen-answer.ts';
import { errorsPage } from '../support/gateways/errors-page.ts';
import { codeTable } from '../../src/errors/codes.ts';
import { radarTarget } from '../support/failing-calls.ts';

const ways = gateways
  .filter((gateway) => gateway !== direct)
  .flatMap((gateway) => (['default', 'recommended'] as const).map((configuration) => ({ gateway, configuration })));

let bench: ErrorBench;
let directly: Route;
let routes: readonly (Route & { readonly configuration: Configuration })[];
beforeAll(async () => {
  bench = await startErrorBench();
  directly = await bench.open(direct, 'default');
  routes = await Promise.all(
    ways.map(async ({ gateway, configuration }) => ({ ...(await bench.open(gateway, configuration)), configuration })),
  );
}, 60_000);
afterAll(async () => {
  await Promise.all([directly, ...routes].map((route) => route.close()));
  await bench.close();
});

const columns = ways.map(({ gateway, configuration }) => `${gateway.name}, ${configuration}`);
const fieldRows: string[][] = [['code', 'situation', 'asked for', 'direct', ...columns]];
const documentRows: string[][] = [['situation', 'direct', ...columns]];
const lineRows: string[][] = [['situation', ...columns]];

/** The answers to one situation: direct, then on each way. The backends start anew for each. */
async function answersTo(situation: Situation): Promise<{ expected: Seen; seen: readonly Seen[] }> {
  const ask = (route: Route, query: string) => {
    situation.plant(bench.use(situation.service));
    return seenOf(
      route.send(query, situation.variables, { 'x-correlation-id': 'of-the-client', ...situation.headers }),
    );
  };
  const expected = await ask(directly, situation.directQuery ?? situation.query);
  const seen: Seen[] = [];
  for (const route of routes) seen.push(await ask(route, situation.query));
  return { expected, seen };
}

/** What the contract promises to a client behind a gateway that lets extensions through. */
function publicPart({ errors }: Seen, keys: readonly string[]) {
  return errors.map(({ message, extensions }) => ({
    message,
    extensions: Object.fromEntries(Object.entries(extensions).filter(([key]) => keys.includes(key))),
  }));
}

const CLIENT_KEYS = ['code', 'retryable', 'outcome', 'issues', 'retryAfterMs', 'correlationId'];

describe('an error of this service', () => {
  it.each(fieldSituations)('$code on a $moment, $what: outcome and code are the same everywhere', async (situation) => {
    const { expected, seen } = await answersTo(situation);

    expect(expected.errors[0]?.extensions).toMatchObject({ code: situation.code });
    routes.forEach(({ configuration }, index) => {
      const answer = seen[index];
      if (answer === undefined) throw new Error('a route gave no answer');
      expect(answer.status).toBe(200);
      if (situation.directQuery === undefined) {
        expect(answer.data).toEqual(expected.data);
        expect(answer.errors.map(({ path }) => path)).toEqual(expected.errors.map(({ path }) => path));
      }
      if (configuration === 'recommended') {
        expect(publicPart(answer, CLIENT_KEYS)).toEqual(publicPart(expected, CLIENT_KEYS));
      } else if (situation.headers === undefined) {
        expect(publicPart(answer, ['code', 'outcome'])).toEqual(publicPart(expected, ['code', 'outcome']));
      } else {
        // The credential of the caller does not get here, which is the refusal that nobody mistakes for another one.
        expect(answer.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      }
    });
    fieldRows.push([
      `\`${situation.code}\``,
      situation.what,
      situation.moment,
      inShort(expected),
      ...seen.map((answer) => differences(answer, expected)),
    ]);
  });
});

describe('a refusal before this service decides anything', () => {
  it.each(documentSituations)('$what: no gateway sends the document on', async (situation) => {
    const { expected, seen } = await answersTo(situation);

    expect(expected.errors).toMatchObject([{ extensions: { code: situation.code } }]);
    for (const answer of seen) expectNoPromise(answer);
    expect(bench.relay.line.requests).toEqual([]);
    documentRows.push([situation.what, inFull(expected), ...seen.map(inFull)]);
  });

  it('says nothing of an outcome when the router secret is not the right one', async () => {
    const situation = { ...radarTarget.write, service: 'secret', plant: () => undefined } as const;
    const { expected, seen } = await answersTo({ ...situation, code: 'none', what: 'secret', moment: 'write' });

    expect(expected.status).toBe(401);
    for (const answer of seen) expectNoPromise(answer);
    documentRows.push(['the router secret is wrong', inFull(expected), ...seen.map(inFull)]);
  });
});

/** An answer that this service did not write must not look like one that says what became of a write, or that it may be repeated. */
function expectNoPromise({ errors }: Seen): void {
  expect(errors.length).toBeGreaterThan(0);
  for (const { extensions } of errors) {
    expect(extensions).not.toHaveProperty('outcome');
    expect(extensions['retryable'] ?? false).toBe(false);
  }
}

/** Codes that tell by themselves that nothing was changed. */
const CODES_OF_NOTHING_DONE = Object.values(codeTable)
  .filter(({ outcome }) => outcome === 'NOT_APPLIED')
  .map(({ code }) => code);

describe('a write whose answer does not reach the gateway', () => {
  /** The answer on one way, and how often the write was carried out. */
  async function answerOf(route: Route, { play }: LineFault): Promise<{ answer: Seen; writes: number }> {
    const world = bench.use('usual');
    radarTarget.prepare(world);
    if (play === undefined) await bench.relay.line.stop();
    else bench.relay.line.faults.always(play);
    const { query, variables } = radarTarget.write;
    const answer = await seenOf(route.send(query, variables));
    if (play === undefined) await bench.relay.line.restart();
    return { answer, writes: world.radar.requests.length };
  }

  function expectUnclear({ answer, writes }: { answer: Seen; writes: number }, lineFault: LineFault): void {
    expect(writes).toBe(lineFault.writes);
    expectNoPromise(answer);
    for (const { extensions } of answer.errors) {
      expect(extensions['code']).toEqual(expect.any(String));
      expect(CODES_OF_NOTHING_DONE).not.toContain(extensions['code']);
    }
  }

  function cell({ answer, writes }: { answer: Seen; writes: number }): string {
    return `${inFull(answer)}; written ${['never', 'once'][writes] ?? `${writes} times`}`;
  }

  it.each(lineFaults)('$what: nobody repeats it', async (lineFault) => {
    const cells: string[] = [];
    for (const route of routes) {
      const found = await answerOf(route, lineFault);
      expectUnclear(found, lineFault);
      cells.push(cell(found));
    }
    lineRows.push([lineFault.what, ...cells]);
  });

  it('is given up when the time that the gateway was given is over, and not repeated', async () => {
    const cells: string[] = [];
    for (const { gateway, configuration } of ways) {
      // By default a gateway waits half a minute or for ever: longer than this service, and longer than a test should.
      if (configuration === 'default') {
        cells.push('not tried');
        continue;
      }
      const route = await bench.open(gateway, configuration, { subgraphTimeoutMs: 300 });
      const found = await answerOf(route, hangingLine);
      await route.close();
      expectUnclear(found, hangingLine);
      cells.push(cell(found));
    }
    lineRows.push([hangingLine.what, ...cells]);
  });
});

it('the recommended configuration sends on what the service knows, and its own router secret', async () => {
  const known = {
    'x-correlation-id': 'of-the-client',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    'x-operation-timeout-ms': '5000',
    authorization: 'Bearer canary',
    'x-aegister-token': 'canary-1',
    pgrapikey: 'canary-2',
    'pgr-user-id': 'canary-3',
    pgrselectedinstance: 'canary-4',
  };
  const others = { cookie: 'a=b', 'router-authorization': 'forged', 'x-unknown': 'x', tracestate: 'a=b' };
  for (const route of routes.filter(({ configuration }) => configuration === 'recommended')) {
    bench.use('usual');
    await route.send(radarTarget.read.query, radarTarget.read.variables, { ...known, ...others });

    const [request] = bench.relay.line.requests;
    expect(request?.headers).toMatchObject({ ...known, 'router-authorization': ROUTER_SECRET });
    for (const name of ['cookie', 'x-unknown', 'tracestate']) expect(request?.headers).not.toHaveProperty(name);
  }
});

it('is published', async () => {
  const page = await errorsPage({ gateways, fieldRows, documentRows, lineRows });
  await expect(page).toMatchFileSnapshot(`../../docs/gateways/errors${tableSuffix}.md`);
});
