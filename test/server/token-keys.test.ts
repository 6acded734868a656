import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fault, type Fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { createSigningKey } from '../stand-ins/token-issuer.ts';
import { createCertificates } from '../support/certificates.ts';
import { openRawConnection, rawRequest } from '../support/raw-connection.ts';
import { logEntry } from '../support/server-process.ts';
import { startTokenIssuer } from '../stand-ins/token-issuer.ts';
import { startTokenWorld, type TokenWorld } from '../support/token-world.ts';

const READ = `{ incidentGroup(id: "${seedIds.phishingGroup}") { id } }`;
const READER = { scope: 'incident-group:read' };
const KEY_SET = 'GET /.well-known/jwks.json';

let world: TokenWorld;
const worlds: TokenWorld[] = [];
/** A service of its own for each test, since it remembers keys. */
async function start(settings: Record<string, string> = {}, outage?: Fault): Promise<TokenWorld> {
  const started = await startTokenWorld(settings, ({ faults }) => {
    if (outage !== undefined) faults.always(outage);
  });
  worlds.push(started);
  return started;
}
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((one) => one.close()));
});

const reads = () => world.issuer.requests.map(({ method, path }) => `${method} ${path}`);
const logged = () =>
  world.logLines
    .map((line) => logEntry(line))
    .filter((entry) => entry?.['msg'] === 'the keys of the token issuer cannot be read');

/** The whole answer while nobody can say whether a token is good. */
async function expectUnavailable(sending: ReturnType<TokenWorld['send']>): Promise<void> {
  const { status, headers, text } = await sending;
  expect([status, headers.get('www-authenticate')]).toEqual([503, null]);
  expect(JSON.parse(text)).toEqual({
    errors: [
      {
        message: 'Tokens cannot be checked at present; nothing was carried out.',
        extensions: {
          code: 'UPSTREAM_UNAVAILABLE',
          retryable: true,
          correlationId: headers.get('x-correlation-id'),
        },
      },
    ],
  });
  expect(world.calls()).toEqual({ aegister: [], radar: [] });
  expect(world.leaks()).toEqual([]);
}

describe('keys of the issuer', () => {
  beforeEach(async () => {
    world = await start();
  });

  it('are read once for many requests', async () => {
    const answers = await Promise.all([1, 2, 3].map(async () => world.sendAs(READER, READ)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(reads()).toEqual([KEY_SET]);
  });

  it('that are new are found by their first token', async () => {
    expect((await world.sendAs(READER, READ)).status).toBe(200);
    await world.issuer.rotate();
    expect((await world.sendAs(READER, READ)).status).toBe(200);
    expect(reads()).toEqual([KEY_SET, KEY_SET]);
  });

  it('that were withdrawn are not believed any more, not even for a token that was good before', async () => {
    const token = await world.sign(READER);
    const before = [await world.sendWith(token, READ), await world.sendWith(token, READ)];
    await world.issuer.rotate();
    await world.sendAs(READER, READ);
    const after = await world.sendWith(token, READ);
    expect([...before, after].map(({ status }) => status)).toEqual([200, 200, 401]);
  });

  it('are not asked for again and again for tokens that name others', async () => {
    await world.sendAs(READER, READ);
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const token = await world.sign(READER, { header: { kid: `random-${attempt}` } });
      expect((await world.sendWith(token, READ)).status).toBe(401);
    }
    expect(reads()).toHaveLength(5);
  });

  it('that cannot be used do not spoil those beside them', async () => {
    const other = { kty: 'oct', kid: 'key-1', k: 'c2VjcmV0' };
    world.issuer.published.unshift(other, { kty: 'EC', kid: 'broken' }, { kty: 'X', kid: 'key-1' });
    expect((await world.sendAs(READER, READ)).status).toBe(200);
  });

  it('that are private by mistake are not used', async () => {
    const key = await createSigningKey('private');
    world.issuer.published.push({ ...key.jwk, d: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' });
    expect((await world.sendWith(await world.sign(READER, { key }), READ)).status).toBe(401);
  });
});

const OUTAGES: readonly (readonly [what: string, outage: Fault, reason: string])[] = [
  ['answers 500', fault.answer(500), 'status 500'],
  ['answers 404', fault.answer(404), 'status 404'],
  ['answers 204', fault.answer(204), 'status 204'],
  ['answers in HTML', fault.html(200), 'not JSON'],
  ['answers a list', fault.answer(200, {}, []), 'not a key set'],
  ['answers keys that are no list', fault.answer(200, {}, { keys: 'canary' }), 'not a key set'],
  ['compresses its answer', fault.gzip(), 'not JSON'],
  ['answers without an end', fault.oversized(10_000_000), 'UND_ERR_RES_EXCEEDED_MAX_SIZE'],
  ['never answers', fault.hangBeforeHeaders(), 'no answer in time'],
  ['stops inside its answer', fault.hangInsideBody(), 'no answer in time'],
  ['answers byte by byte', fault.dripFeed(), 'no answer in time'],
  ['breaks the connection', fault.resetBeforeHeaders(), 'ECONNRESET'],
  [
    'speaks no HTTP',
    fault.rawBytes('canary\r\n\r\n'),
    expect.stringContaining('does not match the HTTP/1.1 protocol') as string,
  ],
];

describe('while the issuer', () => {
  it.each(OUTAGES)(
    '%s from the start, nobody is let in, and everybody as soon as it works',
    async (_what, outage, reason) => {
      world = await start(reason === 'no answer in time' ? { JWT_JWKS_TIMEOUT_MS: '1500' } : {}, outage);
      await expectUnavailable(world.sendAs(READER, READ));
      expect(logged().map((entry) => entry?.['reason'])).toEqual(expect.arrayContaining([reason]));
      world.issuer.faults.clear();
      expect((await world.sendAs(READER, READ)).status).toBe(200);
    },
  );

  it('leads elsewhere, nobody follows', async () => {
    const elsewhere = await startTokenIssuer();
    world = await start({}, fault.redirect(elsewhere.keySetUrl));
    await expectUnavailable(world.sendAs(READER, READ));
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.close();
  });

  it('is down, tokens signed with known keys are accepted, others are not judged', async () => {
    world = await start();
    expect((await world.sendAs(READER, READ)).status).toBe(200);
    world.reset();
    await world.issuer.stop();
    const key = await createSigningKey('new');
    await expectUnavailable(world.sendWith(await world.sign(READER, { key }), READ));
    expect((await world.sendAs(READER, READ)).status).toBe(200);
  });

  it('is slow, a client that leaves meanwhile does not hold up the end of the service', async () => {
    const held = fault.hold();
    world = await start({}, held);
    const connection = await openRawConnection(world.url);
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await world.sign(READER)}` };
    connection.write(rawRequest('POST', '/graphql', headers, JSON.stringify({ query: READ })));
    await held.arrived;
    connection.destroy();
    await connection.closed;
    // A whole exchange with the service after the end of that connection: it has seen that end before.
    await (await fetch(`${world.url}/healthz`)).text();
    held.release();

    const closing = performance.now();
    await world.closeService();

    // Otherwise it would wait for the whole time that an operation may take.
    expect(performance.now() - closing).toBeLessThan(10_000);
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });
});

describe('behind TLS', () => {
  it('the issuer is believed by its certificate only', async () => {
    const certificates = createCertificates();
    const trusted = certificates.create('issuer', 'IP:127.0.0.1');
    const secure = await startTokenIssuer({ tls: trusted });
    const settings = { JWT_JWKS_URL: secure.keySetUrl };
    const headers = { authorization: `Bearer ${await secure.sign(READER)}` };
    world = await start(settings);
    await expectUnavailable(world.send(READ, {}, headers));
    world = await start({ ...settings, JWT_JWKS_CA_FILE: trusted.file });
    expect((await world.send(READ, {}, headers)).status).toBe(200);
    await secure.close();
    certificates.remove();
  });
});
