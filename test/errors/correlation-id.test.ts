import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { expectFailure, expectSuccess, send, targets } from '../support/failing-calls.ts';
import { startWatchedWorld, type WatchedWorld } from '../support/watched-world.ts';
import { postGraphQL } from '../support/world.ts';

const ROUTER_SECRET = 'canary-router-secret-c0';
const ROUTER = { 'router-authorization': ROUTER_SECRET };

let world: WatchedWorld;
beforeAll(async () => {
  world = await startWatchedWorld({ ROUTER_SECRET }, [ROUTER_SECRET]);
});
beforeEach(() => {
  world.reset();
  for (const target of targets) target.prepare(world);
});
afterEach(() => {
  expect(world.leaks()).toEqual([]);
});
afterAll(() => world.close());

/** Log lines of the operation that has this id. */
function linesOf(correlationId: string | null): readonly unknown[] {
  const lines = world.logLines.map((line) => JSON.parse(line) as { correlationId?: string });
  return lines.filter((line) => line.correlationId === correlationId);
}

describe.each(targets)('the correlation id of an operation on $name', (target) => {
  it('is the same in header, error and log line, and new for every operation', async () => {
    target.standIn(world).faults.always(fault.html(500));

    const first = await send(world, target, 'write', ROUTER);
    const second = await send(world, target, 'write', ROUTER);

    const failed = { code: 'UPSTREAM_ERROR', retryable: false, outcome: 'UNKNOWN' } as const;
    for (const answer of [first, second]) {
      expectFailure(answer, target, 'write', { ...failed, upstream: { status: 500, code: null } });
      expect(linesOf(answer.headers.get('x-correlation-id'))).toMatchObject([
        { msg: 'audit', outcome: 'UNKNOWN', field: target.write.field },
        { level: 'warn', codes: ['UPSTREAM_ERROR'], fields: [target.write.field] },
      ]);
    }
    expect(first.headers.get('x-correlation-id')).not.toBe(second.headers.get('x-correlation-id'));
  });

  it("is the caller's own where that is harmless, also when nothing fails", async () => {
    const own = `Trace_${target.name}.01J9Z6T7Q8Y4M3-a`;

    const answer = await send(world, target, 'read', { ...ROUTER, 'x-correlation-id': own });

    expectSuccess(answer, target.read);
    expect(answer.headers.get('x-correlation-id')).toBe(own);
    expect(linesOf(own)).toMatchObject([{ level: 'info', fields: [target.read.field] }]);
  });

  it('never travels upstream', async () => {
    await send(world, target, 'read', { ...ROUTER, 'x-correlation-id': 'stays-here' });

    expect(target.standIn(world).requests.map(({ rawHeaders }) => rawHeaders.includes('stays-here'))).toEqual([false]);
  });
});

describe('a correlation id of the caller', () => {
  const query = 'query { incident(organizationId: "x", id: "1") { id } }';

  it.each([
    'a'.repeat(129),
    'with space',
    '<script>alert(1)</script>',
    '","level":"fatal',
    '${jndi:ldap://x}',
    'caf\u00e9',
    'one, two',
    'a/b',
    'x;y=z',
    '%0d%0aSet-Cookie:a=b',
  ])('is replaced when it could do harm: %s', async (hostile) => {
    const answer = await world.send(query, {}, { ...ROUTER, 'x-correlation-id': hostile });

    const used = answer.headers.get('x-correlation-id');
    expect(used).toMatch(/^[\w.-]{1,128}$/);
    expect(answer.errors?.map(({ extensions }) => extensions['correlationId'])).toEqual([used]);
    expect(linesOf(used)).toHaveLength(1);
    expect(answer.text).not.toContain(hostile);
    expect(world.logLines.filter((line) => line.includes(hostile))).toEqual([]);
  });

  it.each(['a', 'a'.repeat(128), '550e8400-e29b-41d4-a716-446655440000', '0.1_2-3'])(
    'is kept when it is harmless: %s',
    async (own) => {
      const answer = await world.send(query, {}, { ...ROUTER, 'x-correlation-id': own });

      expect(answer.headers.get('x-correlation-id')).toBe(own);
      expect(answer.errors?.map(({ extensions }) => extensions['correlationId'])).toEqual([own]);
    },
  );

  it('is replaced when it is given twice', async () => {
    const { status, id } = await new Promise<{ status: number | undefined; id: unknown }>((resolve, reject) => {
      const headers = ['content-type', 'application/json', 'x-correlation-id', 'one', 'x-correlation-id', 'two'];
      const url = new URL(`${world.url}/graphql`);
      const outgoing = request(url, { method: 'POST', headers: ['host', url.host, ...headers] }, (response) => {
        response.resume();
        response.once('end', () => {
          resolve({ status: response.statusCode, id: response.headers['x-correlation-id'] });
        });
      });
      outgoing.once('error', reject);
      outgoing.end('{}');
    });

    expect(status).toBe(401);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    { how: 'without the router secret', headers: {}, body: { query }, status: 401, code: 'UNAUTHENTICATED' },
    {
      how: 'with the wrong one',
      headers: { 'router-authorization': 'no' },
      body: { query },
      status: 401,
      code: 'UNAUTHENTICATED',
    },
    { how: 'without a query', headers: ROUTER, body: {}, status: 400, code: 'BAD_REQUEST' },
    { how: 'as a batch', headers: ROUTER, body: [{ query }], status: 400, code: 'BAD_REQUEST' },
    {
      how: 'with a document that does not parse',
      headers: ROUTER,
      body: { query: '{' },
      status: 400,
      code: 'GRAPHQL_PARSE_FAILED',
    },
  ])('is kept on a request $how', async ({ headers, body, status, code }) => {
    const answer = await postGraphQL(world.url, body, { ...headers, 'x-correlation-id': 'kept-17' });

    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-correlation-id')).toBe('kept-17');
    expect(answer.errors?.map(({ extensions }) => extensions)).toStrictEqual([
      { code, retryable: false, correlationId: 'kept-17' },
    ]);
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
    // The watched world has to have something to search in this test, too.
    await world.send('{ __typename }', {}, ROUTER);
  });
});
