import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { startWorld, type World } from '../support/world.ts';

const UP = { state: 'up', breaker: 'closed' };
const DOWN = { state: 'down', breaker: 'closed' };

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

async function read(url: string, init?: RequestInit) {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, type: response.headers.get('content-type'), body: text };
}

const JSON_TYPE = 'application/json; charset=utf-8';

describe('/healthz', () => {
  it('answers 200 and asks no backend', async () => {
    const connections = () => [world.aegister.connectionCount, world.radar.connectionCount];
    const before = connections();
    expect(await read(`${world.url}/healthz`)).toEqual({ status: 200, type: JSON_TYPE, body: '{"status":"alive"}' });
    expect(connections()).toEqual(before);
  });

  it('takes no notice of a query string', async () => {
    expect(await read(`${world.url}/healthz?probe=1`)).toMatchObject({ status: 200 });
  });
});

describe('/readyz', () => {
  it('answers 200 with every backend up, by connecting and sending nothing', async () => {
    world.reset();
    const { status, type, body } = await read(`${world.url}/readyz`);
    expect([status, type, JSON.parse(body)]).toEqual([
      200,
      JSON_TYPE,
      { status: 'ready', backends: { aegister: UP, radar: UP } },
    ]);
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });

  describe('with a backend that is gone', () => {
    let degraded: World;
    afterEach(() => degraded.close());

    it.each([
      ['aegister', { aegister: DOWN, radar: UP }],
      ['radar', { aegister: UP, radar: DOWN }],
    ] as const)('answers 200 and tells that %s is down', async (name, backends) => {
      degraded = await startWorld();
      await degraded[name].stop();
      const { status, body } = await read(`${degraded.url}/readyz`);
      expect([status, JSON.parse(body)]).toEqual([200, { status: 'degraded', backends }]);
      // No address: whoever may read this may not learn where the backends are.
      expect(body).not.toContain('127.0.0.1');
    });

    it('keeps serving the fields of the other one', async () => {
      degraded = await startWorld();
      await degraded.radar.stop();
      degraded.aegister.putIncident({ organization_id: 7, id: 8, title: 'Still there' });
      const { data, errors } = await degraded.send('{ incident(organizationId: "7", id: "8") { title } }');
      expect([data, errors]).toEqual([{ incident: { title: 'Still there' } }, undefined]);
    });
  });
});

describe('other addresses', () => {
  it.each(['/', '/graphq', '/graphql/', '/healthz/x', '/.env', '//graphql', '/%67raphql'])(
    'answer 404 at %s',
    async (path) => {
      expect(await read(world.url + path)).toEqual({
        status: 404,
        type: JSON_TYPE,
        body: '{"error":"There is nothing at this address."}',
      });
    },
  );

  it.each([
    ['POST', '/healthz'],
    ['PUT', '/readyz'],
    ['DELETE', '/metrics'],
  ])('answer 405 to %s %s and name what is allowed', async (method, path) => {
    const response = await fetch(world.url + path, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(await response.json()).toEqual({ error: 'This address can only be read.' });
  });

  it.each(['/healthz', '/readyz', '/metrics'])('answer HEAD %s like GET, without a body', async (path) => {
    expect(await read(world.url + path, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });
});

describe('/metrics', () => {
  /** Samples of our own, those of histograms only by their count: `name{labels}` to value. */
  async function samples(): Promise<Readonly<Record<string, number>>> {
    const { body } = await read(`${world.url}/metrics`);
    const own = body
      .split('\n')
      .filter((line) => /^(?:graphql_errors_total|(?:graphql|upstream)\w+_count)\b/.test(line));
    return Object.fromEntries(
      own.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
    );
  }

  it('is Prometheus text', async () => {
    const { status, type, body } = await read(`${world.url}/metrics`);
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(body).toMatch(/^# HELP \w+ .+\n# TYPE \w+ (?:counter|gauge|histogram)\n/);
    expect(body).toContain('process_cpu_user_seconds_total');
  });

  it('counts operations, errors and calls under names without ids', async () => {
    expect(await samples()).toEqual({});
    world.radar.putGroup({ id: seedIds.phishingGroup, title: 'Phishing' });
    await world.send(`{ incidentGroup(id: "${seedIds.phishingGroup}") { title } }`);
    await world.send(`{ incidentGroup(id: "${seedIds.unknownGroup}") { title } }`);
    await world.send('{ incidentGroup(id: "canary-id") { title } }');
    await world.send(
      'mutation { updateIncident(input: { organizationId: "987654", id: "123987", title: "x" }) { incident { id } } }',
    );
    await world.send('{ canaryField }');
    const group = 'backend="radar",endpoint="GET /cruddy/v2/incident_groups/{id}"';
    const patch = 'backend="aegister",endpoint="PATCH /api/v1/V-Ciso/incidents/{organizationid}/{incidentid}"';
    expect(await samples()).toEqual({
      'graphql_operation_duration_seconds_count{type="query"}': 3,
      'graphql_operation_duration_seconds_count{type="mutation"}': 1,
      'graphql_operation_duration_seconds_count{type="none"}': 1,
      'graphql_errors_total{type="query",code="BAD_USER_INPUT"}': 1,
      'graphql_errors_total{type="mutation",code="NOT_FOUND"}': 1,
      'graphql_errors_total{type="none",code="GRAPHQL_VALIDATION_FAILED"}': 1,
      [`upstream_request_duration_seconds_count{${group},result="ok"}`]: 1,
      [`upstream_request_duration_seconds_count{${group},result="not_found"}`]: 1,
      [`upstream_request_duration_seconds_count{${patch},result="not_found"}`]: 1,
    });
    const { body } = await read(`${world.url}/metrics`);
    expect(body).not.toMatch(/canary|987654|123987/);
    expect(body).not.toContain(seedIds.phishingGroup);
  });
});
