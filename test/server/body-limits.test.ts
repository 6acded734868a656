import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRawConnection, rawRequest } from '../support/raw-connection.ts';
import { startWorld, type World } from '../support/world.ts';

const DEFAULT_BYTES = 1_000_000;
const JSON_HEADERS = { 'content-type': 'application/json' };

let world: World;
let small: World;
beforeAll(async () => {
  world = await startWorld();
  small = await startWorld({ MAX_BODY_BYTES: '2048' });
});
beforeEach(() => {
  world.reset();
  small.reset();
});
afterAll(() => Promise.all([world.close(), small.close()]));

/** A mutation that is so many bytes long as a request body. */
function mutationOf(bytes: number): string {
  const body = (title: string) =>
    JSON.stringify({
      query:
        'mutation($t: String) { updateIncident(input: { organizationId: "7", id: "8", title: $t }) { incident { id } } }',
      variables: { t: title },
    });
  return body('x'.repeat(bytes - body('').length));
}

async function post(url: string, body: RequestInit['body'], headers: Record<string, string> = JSON_HEADERS) {
  const init: RequestInit & { readonly duplex: 'half' } = {
    method: 'POST',
    headers,
    body: body ?? null,
    duplex: 'half',
  };
  const response = await fetch(url, init);
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

/** The same bytes without a declared length, so that they travel in chunks. */
function inChunks(text: string): ReadableStream<Uint8Array> {
  return new Blob([text]).stream();
}

function refusal(message: string) {
  const extensions = { code: 'BAD_REQUEST', retryable: false, correlationId: expect.any(String) as string };
  return { errors: [{ message, extensions }] };
}

describe('a body', () => {
  it.each([
    ['with its length declared', (text: string) => text],
    ['in chunks', inChunks],
  ])('beyond 1 MB %s is refused with 413', async (_how, send) => {
    const { status, answer } = await post(`${world.url}/graphql`, send(mutationOf(DEFAULT_BYTES + 1)));
    expect([status, answer]).toEqual([413, refusal('The body must not be larger than 1000000 bytes.')]);
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });

  it.each([
    ['with its length declared', (text: string) => text],
    ['in chunks', inChunks],
  ])('of exactly 1 MB %s is served', async (_how, send) => {
    world.aegister.putIncident({ organization_id: 7, id: 8, status: 'draft' });
    const { status, answer } = await post(`${world.url}/graphql`, send(mutationOf(DEFAULT_BYTES)));
    expect([status, answer]).toEqual([200, { data: { updateIncident: { incident: { id: '8' } } } }]);
    expect(world.calls().aegister).toEqual(['PATCH /api/v1/V-Ciso/incidents/7/8']);
  });

  it('beyond MAX_BODY_BYTES is refused', async () => {
    const { status, answer } = await post(`${small.url}/graphql`, mutationOf(2_049));
    expect([status, answer]).toEqual([413, refusal('The body must not be larger than 2048 bytes.')]);
    expect(small.calls()).toEqual({ aegister: [], radar: [] });
  });

  it.each([
    [2_048, /^HTTP\/1\.1 200 OK\r\n/],
    [2_049, /^HTTP\/1\.1 413 Payload Too Large\r\n/],
  ])(
    'of %i bytes in chunks that arrive together with its headers is judged by MAX_BODY_BYTES',
    async (bytes, status) => {
      small.aegister.putIncident({ organization_id: 7, id: 8, status: 'draft' });
      const connection = await openRawConnection(small.url);
      const body = mutationOf(bytes);
      const head = rawRequest('POST', '/graphql', { ...JSON_HEADERS, 'transfer-encoding': 'chunked' });
      const chunks = [body.slice(0, 1_000), body.slice(1_000), ''];
      connection.write(head + chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join(''));
      expect(await connection.received(/\r\n\r\n.*\}/s)).toMatch(status);
      expect(small.calls().aegister).toHaveLength(bytes === 2_048 ? 1 : 0);
      connection.destroy();
    },
  );

  it('is measured in bytes, not in characters', async () => {
    const body = mutationOf(2_000).replace('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'ü'.repeat(30) + 'ö'.repeat(30));
    expect([body.length < 2_048, Buffer.byteLength(body) > 2_048]).toEqual([true, true]);
    expect((await post(`${small.url}/graphql`, body)).status).toBe(413);
    expect(small.calls()).toEqual({ aegister: [], radar: [] });
  });

  it('that is declared too long is refused before it is sent, and ends the connection', async () => {
    const connection = await openRawConnection(small.url);
    connection.write(rawRequest('POST', '/graphql', { ...JSON_HEADERS, 'content-length': '999999999' }));
    expect(await connection.closed).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\n/);
  });

  it.each([
    ['text/plain', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a multipart form', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['JSON only by the end of its name', { 'content-type': 'application/x-application/json' }],
    ['GraphQL text', { 'content-type': 'application/graphql' }],
  ])('declared as %s is refused with 415', async (_what, headers) => {
    const { status, answer } = await post(`${world.url}/graphql`, mutationOf(300), headers);
    expect([status, answer]).toEqual([415, refusal('The content type must be application/json, in UTF-8.')]);
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });

  it('without a declared type is refused with 415', async () => {
    const { status } = await post(`${world.url}/graphql`, Buffer.from(mutationOf(300)), {});
    expect([status, world.calls()]).toEqual([415, { aegister: [], radar: [] }]);
  });

  it('that is compressed is refused with 415', async () => {
    const headers = { ...JSON_HEADERS, 'content-encoding': 'gzip' };
    const { status, answer } = await post(`${world.url}/graphql`, mutationOf(300), headers);
    expect([status, answer]).toEqual([415, refusal('The body must not be compressed.')]);
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });

  it.each(['Application/JSON', 'application/json; charset=utf-8', 'application/json ;charset=UTF-8'])(
    'declared as %s is served',
    async (type) => {
      const { status } = await post(`${world.url}/graphql`, '{"query":"{ __typename }"}', { 'content-type': type });
      expect(status).toBe(200);
    },
  );

  it.each([
    ['nothing', '', 'The body is not valid JSON.'],
    ['half a JSON text', '{"query":"{ __typename }"', 'The body is not valid JSON.'],
    ['a batch of operations', `[${mutationOf(300)}]`, 'Operation batching disabled.'],
    ['a batch of two', `[${mutationOf(300)},${mutationOf(300)}]`, 'Operation batching disabled.'],
  ])('that holds %s is refused with 400', async (_what, body, message) => {
    const { status, answer } = await post(`${world.url}/graphql`, body);
    expect([status, answer]).toEqual([400, refusal(message)]);
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });

  it.each([
    ['an empty batch', '[]'],
    ['a number', '7'],
    ['null', 'null'],
    ['no query', '{}'],
    ['a query that is no text', '{"query":{}}'],
  ])('that holds %s is refused with 400', async (_what, body) => {
    const { status, answer } = await post(`${world.url}/graphql`, body);
    expect([status, answer]).toEqual([400, refusal(expect.any(String) as string)]);
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });
});

describe('an answer that the caller would not accept', () => {
  it('is announced with 406 before anything is changed', async () => {
    const { status, answer } = await post(`${world.url}/graphql`, mutationOf(300), {
      ...JSON_HEADERS,
      accept: 'text/csv',
    });
    const message = expect.stringContaining('The accept header must allow application/') as string;
    expect([status, answer]).toEqual([406, refusal(message)]);
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });
});
