import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startLimit } from '../../bench/limit/server.ts';
import { drive } from '../../bench/load/drive.ts';
import { buildProcesses, PROJECT, START_ENVIRONMENT, START_OPTIONS } from '../../bench/measure/build.ts';
import { LogTally } from '../../bench/measure/log-tally.ts';
import { clockMs, cpuMs, residentMiB } from '../../bench/measure/process-usage.ts';
import { assertKept, measure } from '../../bench/measure/rounds.ts';
import { startUpstream } from '../../bench/upstream/upstream.ts';
import { MessageReader } from '../../bench/wire/message-reader.ts';
import { workloadOf } from '../../bench/workloads/index.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** A candidate of any kind. */
async function listen(answer: RequestListener): Promise<number> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const load = { headers: {}, requests: ['{}'], connections: 1, durationMs: 600_000, maxRequests: 4 };
const data = { a: 1, b: [{ c: 'd', e: null }] };

describe('the server that is measured', () => {
  it('is started with the options of npm start and of the image', () => {
    const read = (name: string) => readFileSync(new URL(name, PROJECT), 'utf8');
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    const [[name, value] = []] = Object.entries(START_ENVIRONMENT);
    expect(scripts['start']).toContain(
      `export ${name}=\${${name}:-${value}} && exec node ${START_OPTIONS.join(' ')} dist/main.js`,
    );
    // Not by a second npm, whose own start would be waited for.
    expect(scripts['start']?.startsWith(`${scripts['bundle']} && `)).toBe(true);
    expect(read('Dockerfile')).toMatch(new RegExp(`^ENV .*\\b${name}=${value}$`, 'm'));
    expect(read('Dockerfile')).toContain(
      `CMD ${JSON.stringify(['node', ...START_OPTIONS, 'dist/main.js']).replaceAll(',', ', ')}`,
    );
  });
});

describe('the load generator', () => {
  it.each([
    ['another value', 200, '{"data":{"a":2,"b":[{"c":"d","e":null}]}}'],
    ['a field less', 200, '{"data":{"a":1,"b":[{"c":"d"}]}}'],
    ['a field more', 200, '{"data":{"a":1,"b":[{"c":"d","e":null}],"f":0}}'],
    ['an element more', 200, '{"data":{"a":1,"b":[{"c":"d","e":null},null]}}'],
    ['errors beside the data', 200, '{"data":{"a":1,"b":[{"c":"d","e":null}]},"errors":[]}'],
    ['another status', 500, '{"data":{"a":1,"b":[{"c":"d","e":null}]}}'],
    ['no JSON', 200, '{"data":{"a":1,"b":[{"c":"d","e":null}]}'],
    ['nothing', 200, ''],
  ])('refuses a candidate that answers with %s', async (_what, status, body) => {
    const port = await listen((_request, response) => {
      response.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(body);
    });
    const result = await drive({ ...load, port, data });
    expect(result).toMatchObject({ answered: 0, faults: 1 });
    expect(result.firstFault).toEqual(expect.any(String));
  });

  it('refuses one that answers rightly at first and wrongly later', async () => {
    let answers = 0;
    const port = await listen((_request, response) => {
      answers += 1;
      response.end(JSON.stringify({ data: answers === 3 ? { ...data, a: 2 } : data }));
    });
    expect(await drive({ ...load, port, data })).toMatchObject({ answered: 2, faults: 1 });
  });

  it('takes the same answer with its keys in another order', async () => {
    const forms = [data, { b: [{ e: null, c: 'd' }], a: 1 }];
    let answers = 0;
    const port = await listen((_request, response) => {
      answers += 1;
      response.end(JSON.stringify({ data: forms[answers % 2] }));
    });
    expect(await drive({ ...load, port, data })).toMatchObject({ answered: 4, faults: 0 });
  });

  it('notices a connection that is closed instead of answered', async () => {
    const port = await listen((request) => request.socket.destroy());
    const result = await drive({ ...load, port, data });
    expect(result).toMatchObject({ answered: 0 });
    expect(result.faults).toBeGreaterThan(0);
  });

  it('sends as many requests at a fixed pace as it was told, each of them once', async () => {
    const bodies: string[] = [];
    const port = await listen((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => bodies.push(text));
      request.on('end', () => response.end(JSON.stringify({ data })));
    });
    const requests = ['{"n":1}', '{"n":2}', '{"n":3}', '{"n":4}'];
    const order = { ...load, port, data, requests, connections: 2, ratePerSecond: 1_000 };
    expect(await drive(order)).toMatchObject({ answered: 4, faults: 0 });
    expect(bodies.sort()).toEqual(requests);
  });
});

describe('the stand-in of the benchmark', () => {
  const { exchanges, requests } = workloadOf({ name: 'W1' });
  const [exchange] = exchanges;
  const path = exchange?.path ?? '';
  const headers = { 'content-type': 'application/json', 'x-aegister-token': 'bench-aegister-token' };

  it.each([
    ['another body', path, 'PATCH', headers, '{}'],
    ['another path', `${path}1`, 'PATCH', headers, exchange?.body ?? ''],
    ['another method', path, 'PUT', headers, exchange?.body ?? ''],
    ['no credential', path, 'PATCH', { ...headers, 'x-aegister-token': 'x' }, exchange?.body ?? ''],
    ['no media type', path, 'PATCH', { ...headers, 'content-type': 'text/plain' }, exchange?.body ?? ''],
  ])('answers 500 to a call with %s, and counts it', async (_what, target, method, sent, body) => {
    const upstream = await startUpstream(exchanges, 0);
    opened.push(() => upstream.close());
    const answer = await fetch(`http://127.0.0.1:${upstream.port}${target}`, { method, headers: sent, body });
    expect(answer.status).toBe(500);
    expect(upstream.stats()).toEqual({ calls: 0, faults: 1, firstFault: expect.any(String) as string });
  });

  it('makes a candidate fail that sends something else', async () => {
    const upstream = await startUpstream(exchanges, 0);
    const limit = await startLimit('W1', upstream.port);
    opened.push(
      () => upstream.close(),
      () => limit.close(),
    );
    const altered = (requests[0] ?? '').replace('"high"', '"low"');
    expect(await drive({ ...load, port: limit.port, requests: [altered], data })).toMatchObject({ faults: 1 });
    expect(upstream.stats()).toMatchObject({ calls: 0, faults: 1 });
  });
});

describe('the reader of messages', () => {
  it('finds the same messages wherever the bytes are cut', () => {
    const bytes = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabcdGET / HTTP/1.1\r\nx: y\r\n\r\n');
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const found: [string, string][] = [];
      const reader = new MessageReader((head, body) => found.push([head, body.toString()]));
      reader.push(bytes.subarray(0, cut));
      reader.push(bytes.subarray(cut));
      expect(found).toEqual([
        ['HTTP/1.1 200 OK\r\nContent-Length: 4', 'abcd'],
        ['GET / HTTP/1.1\r\nx: y', ''],
      ]);
    }
  });

  it('refuses what it could misread', () => {
    const reader = new MessageReader(() => undefined);
    expect(() => reader.push(Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'))).toThrow('encoding');
  });
});

describe('a measurement', () => {
  it('gives every candidate a slice in each round, with what it has used and called', async () => {
    await buildProcesses(['upstream', 'load', 'limit']);
    const slices = await measure(
      { name: 'W2', size: 3, documents: 2 },
      {
        candidates: ['limit', 'limit-tuned'],
        rounds: 2,
        seconds: 0.05,
        warmUpSeconds: 0.05,
        warmUpRequests: 1,
        connections: 2,
        delayMs: 0,
      },
    );
    expect(slices.map(({ candidate, round, upstreamCalls }) => [candidate, round, upstreamCalls])).toEqual([
      ['limit', 1, 1],
      ['limit-tuned', 1, 1],
      ['limit-tuned', 2, 1],
      ['limit', 2, 1],
    ]);
    for (const slice of slices) {
      expect(slice.answered).toBeGreaterThan(0);
      expect(slice.memoryMiB).toBeGreaterThan(10);
    }
    // It builds and starts three processes, which a busy machine takes its time for.
  }, 120_000);

  it('waits for the product to have logged and counted each operation, and recorded each write', async () => {
    const states = [
      { operations: 6, writes: 4, counted: 7 },
      { operations: 7, writes: 7, counted: 7 },
    ];
    const kept = () => Promise.resolve(states.shift() ?? expect.fail('asked once more'));
    await assertKept({ name: 'server', kept }, 7, { name: 'W1' });
    expect(states).toEqual([]);
    await assertKept({ name: 'limit', kept: null }, 7, { name: 'W1' });
  });

  it.each([
    ['a log line', 'W1', { operations: 6, writes: 7, counted: 7 }],
    ['the record of a write', 'W2', { operations: 7, writes: 6, counted: 7 }],
    ['a count', 'W1', { operations: 7, writes: 7, counted: 6 }],
    ['nothing, but records a read as a write', 'W3', { operations: 7, writes: 1, counted: 7 }],
  ] as const)('refuses a product that lacks %s', async (_what, name, state) => {
    const kept = () => Promise.resolve(state);
    await expect(assertKept({ name: 'server', kept }, 7, { name }, 1)).rejects.toThrow(JSON.stringify(state));
  });

  it('counts the lines of a log while it grows, wherever it is cut', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tally-'));
    opened.push(() => Promise.resolve(rmSync(folder, { recursive: true })));
    const file = join(folder, 'log');
    const line = (message: string) => Buffer.from(`${JSON.stringify({ user: '"msg":"b"é', msg: message })}\n`);
    writeFileSync(file, '');
    const tally = new LogTally(file);
    const bytes = Buffer.concat([line('a'), line('b'), line('a')]);
    expect(tally.count('a')).toBe(0);
    for (const byte of bytes) {
      appendFileSync(file, Buffer.from([byte]));
      tally.count('a');
    }
    expect(['a', 'b', 'c'].map((message) => tally.count(message))).toEqual([2, 1, 0]);
    appendFileSync(file, Buffer.concat(Array.from({ length: 40_000 }, () => line('c'))));
    expect(tally.count('c')).toBe(40_000);
  });

  it('reads time and memory of a process', () => {
    expect(cpuMs(process.pid)).toBeGreaterThan(0);
    expect(residentMiB(process.pid)).toBeGreaterThan(10);
    expect(['00:01', '01:02.50', '1:00:00', '2-00:00:01'].map(clockMs)).toEqual([
      1_000, 62_500, 3_600_000, 172_801_000,
    ]);
  });
});
