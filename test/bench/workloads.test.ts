import { afterEach, describe, expect, it } from 'vitest';
import { startLimit, type LimitServer } from '../../bench/limit/server.ts';
import { drive } from '../../bench/load/drive.ts';
import { productSettings } from '../../bench/measure/candidates.ts';
import { startUpstream, type Upstream } from '../../bench/upstream/upstream.ts';
import { workloadOf } from '../../bench/workloads/index.ts';
import { WORKLOAD_NAMES, type Workload } from '../../bench/workloads/workload.ts';
import { backends } from '../../src/backends/index.ts';
import { parseConfig } from '../../src/config.ts';
import { createService } from '../../src/server/create-service.ts';
import type { DossierRecord } from '../stand-ins/seed.ts';
import type { FindingRecord, GroupRecord } from '../stand-ins/seed.ts';
import { postGraphQL, startWorld, type World } from '../support/world.ts';

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

/** Puts what a workload is about into the real stand-ins, as it is before the operation. */
function seed({ aegister, radar }: World, { name, exchanges }: Workload): void {
  for (const { answer } of exchanges) {
    const body = JSON.parse(answer) as unknown;
    if (name === 'W1') {
      const { data } = body as { readonly data: DossierRecord };
      aegister.putIncident({ ...data, title: 'before', status: 'draft', classification: {}, full_report: {} });
      continue;
    }
    const { id, title, created_at, updated_at, user_id, group_id, ...rest } = body as GroupRecord;
    const linked = (rest.service_asset_findings as (string | FindingRecord)[] | null) ?? [];
    for (const finding of linked) radar.putFinding(typeof finding === 'string' ? { id: finding } : finding);
    const links = linked.map((finding) => (typeof finding === 'string' ? finding : finding.id));
    radar.putGroup(
      name === 'W2'
        ? { id, title: 'before', created_at }
        : { id, title, created_at, updated_at, user_id, group_id, service_asset_findings: links },
    );
  }
}

describe.each(WORKLOAD_NAMES)('workload %s', (name) => {
  const workload = workloadOf({ name });

  it('is answered by the real server, in front of the stand-ins of the tests, with what the benchmark expects', async () => {
    const world = await startWorld();
    opened.push(world);
    seed(world, workload);
    const answer = await postGraphQL(world.url, JSON.parse(workload.requests[0] ?? '') as object);
    expect(JSON.parse(answer.text)).toEqual({ data: workload.data });
  });

  it('makes the real server send what the benchmark’s stand-in expects, byte by byte', async () => {
    const world = await startWorld();
    opened.push(world);
    seed(world, workload);
    await postGraphQL(world.url, JSON.parse(workload.requests[0] ?? '') as object);
    const sent = [...world.aegister.requests, ...world.radar.requests];
    expect(sent.map(({ method, path, body }) => ({ method, path, body })).sort(byPath)).toEqual(
      workload.exchanges.map(({ method, path, body = '' }) => ({ method, path, body })).sort(byPath),
    );
  });

  it('gets the same answers and the same calls from LIMIT and from the server', async () => {
    const upstream = await startUpstream(workload.exchanges, 0);
    opened.push(upstream);
    const limit = await startLimit(name, upstream.port);
    opened.push(limit);
    const service = await createService(parseConfig(productSettings(upstream.port), backends), { write: () => true });
    opened.push(service);
    const { url } = await service.listen();
    const headers = { 'router-authorization': productSettings(0)['ROUTER_SECRET'] ?? '' };

    for (const [port, calls] of [
      [limit.port, 6],
      [Number(new URL(url).port), 12],
    ] as const) {
      const result = await driveOnce(workload, port, headers);
      expect(result).toMatchObject({ answered: 6, faults: 0, firstFault: null });
      expect(upstream.stats()).toEqual({
        calls: calls * workload.exchanges.length,
        faults: 0,
        firstFault: null,
      });
    }
  });
});

describe('sizes', () => {
  it.each([
    ['W1', 200_000],
    ['W2', 3],
    ['W3', 1],
    ['W4', 7],
  ] as const)('%s can have the size %i and many documents', async (name, size) => {
    const workload = workloadOf({ name, size, documents: 5 });
    expect(new Set(workload.requests.map((text) => (JSON.parse(text) as { query: string }).query)).size).toBe(5);
    const { limit, upstream } = await startPair(workload);
    expect(await driveOnce(workload, limit.port)).toMatchObject({ answered: 6, firstFault: null });
    expect(upstream.stats().calls).toBe(6 * workload.exchanges.length);
  });

  it('W1 of some size sends a body of about that size, both ways', () => {
    const { requests, exchanges } = workloadOf({ name: 'W1', size: 100_000 });
    for (const text of [requests[0] ?? '', exchanges[0]?.body ?? '', exchanges[0]?.answer ?? '']) {
      expect(text.length).toBeGreaterThan(100_000);
      expect(text.length).toBeLessThan(103_000);
    }
  });

  it('W3 as documented is an answer of 83 kB from the backend', () => {
    expect(Math.round((workloadOf({ name: 'W3' }).exchanges[0]?.answer.length ?? 0) / 1_000)).toBe(83);
  });
});

async function startPair(workload: Workload): Promise<{ limit: LimitServer; upstream: Upstream }> {
  const upstream = await startUpstream(workload.exchanges, 0);
  const limit = await startLimit(workload.name, upstream.port);
  opened.push(upstream, limit);
  return { limit, upstream };
}

function driveOnce({ requests, data }: Workload, port: number, headers: Record<string, string> = {}) {
  return drive({ port, headers, requests, data, connections: 2, durationMs: 600_000, maxRequests: 6 });
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : 1;
}
