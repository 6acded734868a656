import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { ANYBODY } from '../../src/access/caller.ts';
import { backends } from '../../src/backends/index.ts';
import { ConfigError, parseConfig, settingNames } from '../../src/config.ts';
import { translate } from '../../src/errors/translate.ts';
import type { ClientsOf } from '../../src/request-context.ts';
import { contextFactory } from '../../src/server/create-context.ts';
import { createService, type Service } from '../../src/server/create-service.ts';
import { createMetrics } from '../../src/server/metrics.ts';
import { createSecretWatch } from '../../src/server/secret-watch.ts';
import { fault } from '../stand-ins/faults.ts';
import { startStandIn, type StandIn } from '../stand-ins/stand-in-server.ts';
import { readProjectFile, sourceFiles } from '../support/source-imports.ts';
import { REQUIRED_SETTINGS } from '../support/settings.ts';
import { stayingClient } from '../support/staying-client.ts';
import { ToyClient } from '../support/toy-backend/client.ts';
import { toy } from '../support/toy-backend/index.ts';

const THREE = [...backends, toy] as const;
const TOY_KEY = 'canary-toy-key';

let standIn: StandIn;
let settings: Record<string, string>;
beforeAll(async () => {
  standIn = await startStandIn({
    host: '127.0.0.1',
    port: 0,
    handle: ({ path }) => ({ status: 200, body: { text: `note of ${path}` } }),
  });
  settings = {
    ...REQUIRED_SETTINGS,
    HOST: '127.0.0.1',
    PORT: '0',
    AEGISTER_BASE_URL: standIn.url,
    RADAR_BASE_URL: standIn.url,
    TOY_BASE_URL: standIn.url,
    TOY_KEY,
  };
});
beforeEach(() => {
  standIn.faults.clear();
  standIn.clearRequests();
});
afterAll(() => standIn.close());

/** Everything that is made for one request after another, with what was counted meanwhile. */
function connectAll() {
  const metrics = createMetrics();
  const config = parseConfig(settings, THREE);
  const connections = config.connect({ observe: metrics.observeCall, share: 1 });
  const { words } = createSecretWatch(Object.values(connections).flatMap(({ secrets }) => secrets));
  const contextOf = contextFactory(config, connections, words);
  const request = new IncomingMessage(new Socket());
  const toyOf = (clients: object): ToyClient => {
    const client: unknown = 'toy' in clients ? clients.toy : undefined;
    if (client instanceof ToyClient) return client;
    throw new Error('the toy has no client');
  };
  return {
    metrics,
    newRequest(headers: Record<string, string> = {}) {
      request.headers = headers;
      request.headersDistinct = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
      const { backends: clients, sensitive } = contextOf(request, {
        correlationId: 'call-1',
        caller: ANYBODY,
        timeoutMs: 10_000,
        cancellation: stayingClient,
      });
      return { clients, toy: toyOf(clients), sensitive };
    },
  };
}

describe('a third backend in the list', () => {
  it('has a client of its own type in the context', () => {
    expectTypeOf<ClientsOf<typeof THREE>['toy']>().toEqualTypeOf<ToyClient>();
  });

  it('is known to no file of src', () => {
    expect(sourceFiles().filter((path) => /toy/i.test(readProjectFile(path)))).toEqual([]);
  });

  it('has its settings among all settings', () => {
    const own = settingNames(THREE).filter((name) => !settingNames(backends).includes(name));
    expect(own).toEqual(Object.keys(toy.settings.shape));
  });

  it('has its settings demanded at the start, together with everybody else’s', () => {
    const start = () =>
      parseConfig({ ...settings, RADAR_BASE_URL: '', TOY_BASE_URL: '', TOY_TIMEOUT_MS: 'soon' }, THREE);
    expect(start).toThrow(ConfigError);
    expect(start).toThrow(
      expect.objectContaining({
        faults: [
          'RADAR_BASE_URL: is required',
          'TOY_BASE_URL: is required',
          'TOY_TIMEOUT_MS: must be a whole number from 1 to 600000',
        ],
      }),
    );
  });

  it('has its own rules asked', () => {
    const folder = mkdtempSync(join(tmpdir(), 'toy-'));
    const TOY_KEY_FILE = join(folder, 'key');
    writeFileSync(TOY_KEY_FILE, 'a-good-key');
    try {
      expect(() => parseConfig({ ...settings, TOY_KEY_FILE }, THREE)).toThrow(
        expect.objectContaining({ faults: ['TOY_KEY_FILE: is not for toys'] }),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has a client for each request, with loaders of its own, beside the clients of the others', async () => {
    const { newRequest } = connectAll();
    const first = newRequest();
    const second = newRequest();
    expect(Object.keys(first.clients)).toEqual(['aegister', 'radar', 'toy']);
    expect(await Promise.all([first.toy.loadNote('1'), first.toy.loadNote('1'), second.toy.loadNote('1')])).toEqual(
      Array(3).fill({ text: 'note of /notes/1' }),
    );
    expect(standIn.requests.map(({ method, path, headers }) => [method, path, headers['x-toy-key']])).toEqual(
      Array(2).fill(['GET', '/notes/1', TOY_KEY]),
    );
  });

  it('has its calls counted under its name', async () => {
    const { metrics, newRequest } = connectAll();
    await newRequest().toy.loadNote('4711');
    const text = await metrics.text();
    expect(text).toContain(
      'upstream_request_duration_seconds_count{backend="toy",endpoint="GET /notes/{id}",result="ok"} 1\n',
    );
    expect(text).not.toContain('4711');
  });

  it('has its secret, its address and what a caller sends as its credential kept out of answers', () => {
    const { sensitive } = connectAll().newRequest({ 'x-toy-key': 'callers-key' });
    expect(sensitive).toEqual(expect.arrayContaining([TOY_KEY, new URL(standIn.url).host, 'callers-key']));
  });

  it('has its failures translated under its name', async () => {
    standIn.faults.once(fault.answer(409, {}, { text: 'taken' }));
    const { toy: client, sensitive } = connectAll().newRequest();
    const thrown: unknown = await client.loadNote('1').catch((error: unknown) => error);
    expect(translate(thrown, { correlationId: 'call-1', moment: 'read', sensitive })).toEqual({
      message: 'The request conflicts with existing data.',
      extensions: {
        code: 'CONFLICT',
        retryable: false,
        upstream: { name: 'toy', status: 409, code: '77' },
        correlationId: 'call-1',
      },
    });
  });
});

describe('a service with a third backend', () => {
  let service: Service;
  let url: string;
  const logLines: string[] = [];
  beforeAll(async () => {
    const config = parseConfig({ ...settings, TOY_BASE_URL: 'http://127.0.0.1:9' }, THREE);
    service = await createService(config, { write: (line: string) => void logLines.push(line) });
    ({ url } = await service.listen());
  });
  afterAll(() => service.close());

  it('shows its state', async () => {
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
      status: 'degraded',
      backends: {
        aegister: { state: 'up', breaker: 'closed' },
        radar: { state: 'up', breaker: 'closed' },
        toy: { state: 'down', breaker: 'closed' },
      },
    });
  });

  it('keeps its secret out of the log', () => {
    service.log.info({ text: `a key: ${TOY_KEY}` }, 'probe');
    expect(logLines.at(-1)).toContain('"text":"a key: [secret]"');
  });
});
