import { CompactSign, exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';
import type { Answer, RecordedRequest } from './exchange.ts';
import type { StandIn, StandInOptions } from './stand-in-server.ts';
import { startStandIn } from './stand-in-server.ts';

export const KEY_SET_PATH = '/.well-known/jwks.json';

export interface TokenIssuerOptions extends Partial<Omit<StandInOptions, 'handle'>> {
  readonly issuer?: string;
  readonly audience?: string;
}

/** A key pair of the issuer, or of somebody who would like to be it. */
export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  /** As it is published. */
  readonly jwk: JWK;
}

export interface SignOptions {
  /** Signed with this instead of the issuer's present key. */
  readonly key?: SigningKey;
  /** Over the usual header; `undefined` takes a member away. */
  readonly header?: Readonly<Record<string, unknown>>;
}

/** An identity provider that issues access tokens and publishes the keys to check them with. */
export interface TokenIssuer extends StandIn {
  readonly issuer: string;
  readonly audience: string;
  readonly keySetUrl: string;
  /** What is published; a test may put in and take out what it likes. */
  readonly published: JWK[];
  /** The key that tokens are signed with at present. */
  key: SigningKey;
  /** A token, good for five minutes, with these claims over the usual ones; `undefined` takes a claim away. */
  sign(claims?: Readonly<Record<string, unknown>>, options?: SignOptions): Promise<string>;
  /** Replaces the key by a new one: nothing but that is published from now on. */
  rotate(): Promise<void>;
}

/** Makes a key pair for one algorithm by its JWA name. */
export async function createSigningKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** A token of these parts, whatever they are worth. `signature` gets the text that is to be signed. */
export function compactToken(header: object, claims: object | string, signature: (input: string) => Buffer): string {
  const part = (value: object | string) =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${signature(input).toString('base64url')}`;
}

/** Starts an issuer with one key. */
export async function startTokenIssuer(options: TokenIssuerOptions = {}): Promise<TokenIssuer> {
  const { issuer = 'https://login.example', audience = 'incident-subgraph', ...rest } = options;
  const first = await createSigningKey('key-1');
  const published: JWK[] = [first.jwk];
  let keys = 1;

  function answerTo({ method, path }: RecordedRequest): Answer {
    if (method !== 'GET' || path !== KEY_SET_PATH) return { status: 404, body: {} };
    return { status: 200, body: Buffer.from(JSON.stringify({ keys: published })) };
  }

  const server = await startStandIn({ host: '127.0.0.1', port: 0, ...rest, handle: answerTo });
  const tokenIssuer: TokenIssuer = Object.assign(server, {
    issuer,
    audience,
    keySetUrl: server.url + KEY_SET_PATH,
    published,
    key: first,
    sign(claims: Readonly<Record<string, unknown>> = {}, { key = tokenIssuer.key, header = {} }: SignOptions = {}) {
      const now = Math.floor(Date.now() / 1000);
      const usual = { iss: issuer, aud: audience, sub: 'user-1', azp: 'desk', iat: now, exp: now + 300 };
      const text = JSON.stringify({ ...usual, ...claims });
      const protectedHeader = { alg: key.alg, kid: key.kid, typ: 'at+jwt', ...header };
      return new CompactSign(Buffer.from(text)).setProtectedHeader(protectedHeader).sign(key.privateKey);
    },
    async rotate() {
      keys += 1;
      tokenIssuer.key = await createSigningKey(`key-${String(keys)}`);
      published.splice(0, published.length, tokenIssuer.key.jwk);
    },
  });
  return tokenIssuer;
}
