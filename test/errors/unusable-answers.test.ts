import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault, type Fault } from '../stand-ins/faults.ts';
import { startStandIn, type StandIn } from '../stand-ins/stand-in-server.ts';
import { callsTo, expectFailure, expectSuccess, send, targets } from '../support/failing-calls.ts';
import { startWatchedWorld, type WatchedWorld } from '../support/watched-world.ts';

const MAX_BYTES = 100_000;
const applied = { applied: true } as const;

describe.each(targets)('an answer of $name', (target) => {
  let world: WatchedWorld;
  let elsewhere: StandIn;
  beforeAll(async () => {
    elsewhere = await startStandIn({ host: '127.0.0.1', port: 0, handle: () => ({ status: 200, body: {} }) });
    world = await startWatchedWorld({ [`${target.prefix}_MAX_RESPONSE_BYTES`]: String(MAX_BYTES) });
  });
  beforeEach(() => {
    world.reset();
    target.prepare(world);
  });
  afterEach(() => {
    expect(world.leaks()).toEqual([]);
  });
  afterAll(async () => {
    await Promise.all([world.close(), elsewhere.close()]);
  });

  const bytes = (body: Buffer) => fault.answer(200, {}, body, applied);
  const gone: readonly { readonly how: string; readonly play: Fault; readonly status: 200 | null }[] = [
    { how: 'whose JSON stops in the middle', play: fault.malformedJson(200, applied), status: 200 },
    { how: 'that is an HTML page', play: fault.html(200, applied), status: 200 },
    { how: 'that is empty', play: fault.emptyBody(200, applied), status: 200 },
    { how: 'that is JSON with something behind it', play: bytes(Buffer.from('{"error":0} trailing')), status: 200 },
    { how: 'that is not UTF-8', play: bytes(Buffer.from('{"id":"\xe9\xff"}', 'latin1')), status: 200 },
    { how: 'that is UTF-16', play: bytes(Buffer.from('{"error":0}', 'utf16le')), status: 200 },
    { how: 'of the media type text/html', play: fault.wrongMediaType('text/html'), status: 200 },
    { how: 'of the media type text/plain', play: fault.wrongMediaType('text/plain'), status: 200 },
    { how: 'of a media type that only ends in json', play: fault.wrongMediaType('application/notjson'), status: 200 },
    {
      how: 'that names JSON in a parameter only',
      play: fault.wrongMediaType('text/html; a=application/json'),
      status: 200,
    },
    { how: 'without a media type', play: fault.wrongMediaType(null), status: 200 },
    { how: 'that is compressed, unasked', play: fault.gzip(), status: 200 },
    { how: 'that would expand without end', play: fault.gzip({ expandedBytes: 50_000_000 }), status: 200 },
    { how: 'larger than the limit', play: fault.oversized(MAX_BYTES * 20, applied), status: null },
    {
      how: 'that announces more than the limit',
      play: fault.oversized(MAX_BYTES * 20, { ...applied, declareLength: true }),
      status: null,
    },
    { how: 'that is not HTTP', play: fault.rawBytes('SSH-2.0-OpenSSH_9.6\r\n', applied), status: null },
    { how: 'that is binary', play: fault.rawBytes(Buffer.from([0, 1, 2, 255, 254, 13, 10]), applied), status: null },
    {
      how: 'whose headers have no end',
      play: fault.answer(200, { 'x-filler': 'a'.repeat(200_000) }, {}, applied),
      status: null,
    },
    {
      how: 'that ends with its connection, in the middle of its JSON',
      play: fault.rawBytes(
        'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{"error":0,"da',
        applied,
      ),
      status: 200,
    },
  ];

  it.each(gone)('$how is UPSTREAM_BAD_RESPONSE, sent once', async ({ play, status }) => {
    target.standIn(world).faults.always(play);

    const unusable = { code: 'UPSTREAM_BAD_RESPONSE', retryable: false, upstream: { status, code: null } };
    expectFailure(await send(world, target, 'write'), target, 'write', { ...unusable, outcome: 'UNKNOWN' });
    expectFailure(await send(world, target, 'read'), target, 'read', unusable);
    expect(callsTo(world, target)).toEqual([target.writeCall, target.readCall]);
    expect(target.isWritten(world)).toBe(true);
  });

  it.each([301, 302, 303, 307, 308])('that redirects with %i is not followed', async (status) => {
    target.standIn(world).faults.always(fault.redirect(`${elsewhere.url}/elsewhere`, status));

    const answer = await send(world, target, 'write');

    expectFailure(answer, target, 'write', {
      code: 'UPSTREAM_BAD_RESPONSE',
      retryable: false,
      outcome: 'UNKNOWN',
      upstream: { status, code: null },
    });
    expect(answer.text).not.toContain('elsewhere');
    expect(elsewhere.connectionCount).toBe(0);
    expect(callsTo(world, target)).toEqual([target.writeCall]);
  });

  it('that redirects a read is not followed either', async () => {
    target.standIn(world).faults.always(fault.redirect(`${elsewhere.url}/elsewhere`, 307));

    expectFailure(await send(world, target, 'read'), target, 'read', {
      code: 'UPSTREAM_BAD_RESPONSE',
      retryable: false,
      upstream: { status: 307, code: null },
    });
    expect(elsewhere.connectionCount).toBe(0);
    expect(callsTo(world, target)).toEqual([target.readCall]);
  });

  it.each([
    'application/json',
    'application/json;charset=utf-8',
    'Application/JSON; Charset="UTF-8"',
    'application/problem+json; charset=utf-8',
    'application/vnd.vendor.v2+json',
    ' application/json ',
  ])('of the media type "%s" is JSON', async (type) => {
    target.standIn(world).faults.always(fault.wrongMediaType(type));

    expectSuccess(await send(world, target, 'write'), target.write);
  });

  it('that is an error as application/problem+json is understood', async () => {
    const headers = { 'content-type': 'application/problem+json; charset=utf-8' };
    target.standIn(world).faults.always(fault.answer(422, headers, target.refusal(422, 'Not allowed')));

    expectFailure(await send(world, target, 'write'), target, 'write', {
      code: 'BAD_USER_INPUT',
      retryable: false,
      outcome: 'NOT_APPLIED',
      issues: [{ path: null, code: 'UPSTREAM_MESSAGE', message: 'Not allowed' }],
      upstream: { status: 422, code: target.refusalCode(422) },
    });
  });

  it.each([102, 103] as const)('that follows an interim %i is taken', async (status) => {
    target.standIn(world).faults.always(fault.informational(status));

    expectSuccess(await send(world, target, 'write'), target.write);
    expectSuccess(await send(world, target, 'read'), {
      ...target.read,
      success: { [target.read.field]: { title: 'Title after the write' } },
    });
    expect(callsTo(world, target)).toEqual([target.writeCall, target.readCall]);
  });

  it('as large as the limit allows is taken', async () => {
    const padding = ' '.repeat(MAX_BYTES / 2);
    const padded = fault.rewrite((normal) => ({ ...normal, body: Buffer.from(JSON.stringify(normal.body) + padding) }));
    target.standIn(world).faults.always(padded);

    expectSuccess(await send(world, target, 'write'), target.write);
  });
});
