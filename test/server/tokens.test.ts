import { createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { exportJWK, exportSPKI, importJWK } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { compactToken, createSigningKey, type SigningKey, type SignOptions } from '../stand-ins/token-issuer.ts';
import { logEntry } from '../support/server-process.ts';
import { ALL_SCOPES, startTokenWorld, type TokenWorld } from '../support/token-world.ts';

const ALL = { scope: ALL_SCOPES, organizations: [seedIds.hospitalOrganization] };
const UPDATE = `mutation { updateIncidentGroup(input: { id: "${seedIds.phishingGroup}", title: "New" }) { incidentGroup { id } } }`;
const DONE = { updateIncidentGroup: { incidentGroup: { id: seedIds.phishingGroup } } };
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow;

/** A published key that a test can sign anything with. */
const raw = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keys = new Map<string, SigningKey>();

let world: TokenWorld;
beforeAll(async () => {
  world = await startTokenWorld({ JWT_CLOCK_SKEW_SECONDS: '60' });
  world.issuer.published.push({ ...(await exportJWK(raw.publicKey)), kid: 'raw', alg: 'ES256' });
  for (const [kid, alg] of [
    ['rsa', 'RS256'],
    ['pss', 'PS256'],
    ['edwards', 'EdDSA'],
    ['long', 'ES512'],
  ] as const) {
    const key = await createSigningKey(kid, alg);
    keys.set(kid, key);
    world.issuer.published.push(key.jwk);
  }
});
beforeEach(() => world.reset());
afterEach(() => {
  expect(world.leaks()).toEqual([]);
});
afterAll(() => world.close());

/** The whole answer to a request that is not admitted, with the reason that stands in the log alone. */
async function expectRefused(sending: Promise<Awaited<ReturnType<TokenWorld['send']>>>, reason: string, sent = true) {
  const answer = await sending;
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe(sent ? 'Bearer error="invalid_token"' : 'Bearer');
  const correlationId = answer.headers.get('x-correlation-id');
  expect(JSON.parse(answer.text)).toEqual({
    errors: [
      {
        message: 'A valid token is required to call this service.',
        extensions: { code: 'UNAUTHENTICATED', retryable: false, correlationId },
      },
    ],
  });
  expect(world.calls()).toEqual({ aegister: [], radar: [] });
  expect(logEntry(world.logLines.at(-1) ?? '')).toMatchObject({ msg: 'request refused', reason, correlationId });
}

async function refuse(reason: string, claims: Readonly<Record<string, unknown>>, options?: SignOptions) {
  await expectRefused(world.sendWith(await world.sign({ ...ALL, ...claims }, options), UPDATE), reason);
}

describe('a token', () => {
  it('of the issuer lets its holder in', async () => {
    const { status, data, errors } = await world.sendAs(ALL, UPDATE);
    expect([status, data, errors]).toEqual([200, DONE, undefined]);
  });

  it.each(['rsa', 'pss', 'edwards'])('is accepted with the %s key of several', async (kid) => {
    const { data } = await world.sendWith(await world.sign(ALL, keyOf(kid)), UPDATE);
    expect(data).toEqual(DONE);
  });

  it.each([
    ['one audience of several', { aud: ['other', 'incident-subgraph'] }],
    ['an expiry within the skew', { exp: seconds(-30) }],
    ['a start within the skew', { nbf: seconds(30) }],
    ['an issue within the skew', { iat: seconds(30) }],
    ['no time of issue and no subject', { iat: undefined, sub: undefined }],
  ])('is accepted with %s', async (_what, claims) => {
    expect((await world.sendAs({ ...ALL, ...claims }, UPDATE)).data).toEqual(DONE);
  });

  it.each(['JWT', 'jwt', 'application/at+jwt', undefined])('is accepted with the type %s', async (typ) => {
    expect((await world.sendWith(await world.sign(ALL, { header: { typ } }), UPDATE)).data).toEqual(DONE);
  });

  it.each(['bearer', 'BEARER', 'Bearer  '])('is accepted after the word %j', async (word) => {
    const headers = { authorization: `${word} ${await world.sign(ALL)}` };
    expect((await world.send(UPDATE, {}, headers)).data).toEqual(DONE);
  });

  it.each<readonly [what: string, reason: string, claims: Readonly<Record<string, unknown>>]>([
    ['of another issuer', 'ERR_JWT_CLAIM_VALIDATION_FAILED iss', { iss: 'https://evil.example' }],
    ['of an issuer with a slash more', 'ERR_JWT_CLAIM_VALIDATION_FAILED iss', { iss: 'https://login.example/' }],
    ['without an issuer', 'ERR_JWT_CLAIM_VALIDATION_FAILED iss', { iss: undefined }],
    ['with a list of issuers', 'ERR_JWT_CLAIM_VALIDATION_FAILED iss', { iss: ['https://login.example'] }],
    ['for another audience', 'ERR_JWT_CLAIM_VALIDATION_FAILED aud', { aud: 'other' }],
    [
      'for an audience that only begins like ours',
      'ERR_JWT_CLAIM_VALIDATION_FAILED aud',
      { aud: 'incident-subgraph2' },
    ],
    ['without an audience', 'ERR_JWT_CLAIM_VALIDATION_FAILED aud', { aud: undefined }],
    ['that has expired', 'ERR_JWT_EXPIRED exp', { exp: seconds(-90) }],
    ['that never expires', 'ERR_JWT_CLAIM_VALIDATION_FAILED exp', { exp: undefined }],
    ['whose expiry is text', 'ERR_JWT_CLAIM_VALIDATION_FAILED exp', { exp: '9999999999' }],
    ['that is not good yet', 'ERR_JWT_CLAIM_VALIDATION_FAILED nbf', { nbf: seconds(90) }],
    ['whose start is text', 'ERR_JWT_CLAIM_VALIDATION_FAILED nbf', { nbf: 'now' }],
    ['issued in the future', 'iat lies in the future', { iat: seconds(90) }],
  ])('%s is refused', async (_what, reason, claims) => {
    await refuse(reason, claims);
  });

  it.each<readonly [what: string, reason: string, header: Readonly<Record<string, unknown>>]>([
    ['with an unknown key id', 'ERR_JWKS_NO_MATCHING_KEY', { kid: 'unknown' }],
    ['whose key id is a path', 'ERR_JWKS_NO_MATCHING_KEY', { kid: '../../key-1' }],
    ['whose key id is an address', 'ERR_JWKS_NO_MATCHING_KEY', { kid: 'https://evil.example/keys' }],
    ['whose key id is a number', 'ERR_JWKS_NO_MATCHING_KEY', { kid: 1 }],
    ['of a type for logging out', 'typ is of another kind of token', { typ: 'logout+jwt' }],
    ['of a type for proving a key', 'typ is of another kind of token', { typ: 'dpop+jwt' }],
  ])('%s is refused', async (_what, reason, header) => {
    await refuse(reason, {}, { header });
  });

  it('of an algorithm that is published but not configured is refused', async () => {
    await refuse('ERR_JOSE_ALG_NOT_ALLOWED', {}, keyOf('long'));
  });

  it('that names the key of another algorithm is refused', async () => {
    const { privateKey } = keyNamed('rsa');
    const key = { ...keyNamed('rsa'), alg: 'RS256', kid: 'key-1', privateKey };
    await refuse('ERR_JWKS_NO_MATCHING_KEY', {}, { key });
  });
});

function keyNamed(kid: string) {
  const key = keys.get(kid);
  if (key === undefined) throw new Error(`there is no key ${kid}`);
  return key;
}
const keyOf = (kid: string): SignOptions => ({ key: keyNamed(kid) });

describe('a forged token', () => {
  const claims = () => ({ ...ALL, iss: world.issuer.issuer, aud: world.issuer.audience, sub: 'x', exp: seconds(300) });
  const forge = (header: object, signature: (input: string) => Buffer, payload: object | string = claims()) =>
    compactToken(header, payload, signature);

  it.each(['none', 'None', 'NONE', 'nOnE', ''])('without signature, alg %j, is refused', async (alg) => {
    const token = forge({ alg, typ: 'JWT' }, () => Buffer.alloc(0));
    await expectRefused(world.sendWith(token, UPDATE), alg === '' ? 'ERR_JWS_INVALID' : 'ERR_JOSE_ALG_NOT_ALLOWED');
  });

  it.each(['HS256', 'HS384', 'HS512'])('signed by %s with the public key as the secret is refused', async (alg) => {
    const imported = await importJWK(keyNamed('rsa').jwk, 'RS256');
    if (imported instanceof Uint8Array) throw new Error('no public key');
    const secret = await exportSPKI(imported);
    const hash = `sha${alg.slice(2)}`;
    const token = forge({ alg, kid: 'rsa' }, (input) => createHmac(hash, secret).update(input).digest());
    await expectRefused(world.sendWith(token, UPDATE), 'ERR_JOSE_ALG_NOT_ALLOWED');
  });

  it.each(['jwk', 'jku', 'x5u', 'x5c'])(
    'that brings its own key in %s is refused, and nobody is asked for it',
    async (name) => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const evil = `${world.issuer.url}/evil`;
      const own = { jwk: publicKey.export({ format: 'jwk' }), jku: evil, x5u: evil, x5c: ['MIIB'] };
      const sign = (input: string) =>
        signWith('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      const header = { alg: 'ES256', kid: 'key-1', [name]: own[name as keyof typeof own] };
      await expectRefused(world.sendWith(forge(header, sign), UPDATE), 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED');
      expect(world.issuer.requests.map(({ path }) => path)).not.toContain('/evil');
    },
  );

  it.each([
    ['an extension nobody knows', { crit: ['exp'], exp: 1 }],
    ['no extension at all', { crit: [] }],
    ['an unencoded payload', { crit: ['b64'], b64: false }],
    ['an encoded payload', { crit: ['b64'], b64: true }],
  ])('that makes a condition of %s is refused', async (_what, header) => {
    const token = forge({ alg: 'ES256', kid: 'key-1', ...header }, () => Buffer.alloc(64));
    const answer = await world.sendWith(token, UPDATE);
    expect([answer.status, world.calls().radar]).toEqual([401, []]);
  });

  it('whose claims were changed is refused', async () => {
    const [header = '', , signature = ''] = (await world.sign({ scope: 'incident:read' })).split('.');
    const changed = Buffer.from(JSON.stringify(claims())).toString('base64url');
    await expectRefused(
      world.sendWith(`${header}.${changed}.${signature}`, UPDATE),
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    );
  });

  it.each([
    ['no token', 'canary', 'ERR_JWS_INVALID'],
    ['two parts', 'eyJhbGciOiJFUzI1NiJ9.e30', 'ERR_JWS_INVALID'],
    ['five parts', 'e30.e30.e30.e30.e30', 'ERR_JWS_INVALID'],
    ['a header that is no JSON', 'Y2FuYXJ5.e30.AAAA', 'ERR_JWS_INVALID'],
    ['characters that no token has', 'e30.e30.%00', 'ERR_JWS_INVALID'],
  ])('that is %s is refused', async (_what, token, reason) => {
    await expectRefused(world.sendWith(token, UPDATE), reason);
  });

  it('with an expiry beyond all numbers is refused although it is signed', async () => {
    const text = JSON.stringify(claims()).replace(/"exp":\d+/, '"exp":1e999');
    const sign = (input: string) =>
      signWith('sha256', Buffer.from(input), { key: raw.privateKey, dsaEncoding: 'ieee-p1363' });
    await expectRefused(world.sendWith(forge({ alg: 'ES256', kid: 'raw' }, sign, text), UPDATE), 'exp is not finite');
  });

  it('of more than 8192 characters is refused unread', async () => {
    const token = await world.sign({ ...ALL, padding: 'x'.repeat(7_000) });
    expect(token.length).toBeGreaterThan(8_192);
    await expectRefused(world.sendWith(token, UPDATE), 'a token of more than 8192 characters');
  });
});
