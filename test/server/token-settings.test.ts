import { describe, expect, it } from 'vitest';
import { configOf, faultsOf } from '../support/settings.ts';

const URL_SETTING = 'https://login.test/keys?app=1';
const ON = { JWT_JWKS_URL: URL_SETTING, JWT_ISSUER: 'https://login.test/', JWT_AUDIENCE: 'incident-subgraph' };
const ADDRESS = 'must be an https address (http on loopback only) without credentials or fragment';
const ALGORITHMS =
  'must be some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, separated by commas';
const TEXT = 'must be printable ASCII without spaces';
const ORIGINS = 'must be origins such as https://desk.example, separated by commas: https, or http on loopback';

describe('the check of tokens', () => {
  it('has these settings when nothing more is set than it needs', () => {
    expect(configOf(ON).tokens).toEqual({
      endpoint: { url: new URL(URL_SETTING), ca: undefined, timeoutMs: 3_000 },
      rules: {
        issuer: 'https://login.test/',
        audience: 'incident-subgraph',
        algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
        clockSkewSeconds: 30,
        organizationsClaim: 'organizations',
      },
    });
  });

  it.each([
    ['JWT_ALGORITHMS', 'ES256', { algorithms: ['ES256'] }],
    ['JWT_ALGORITHMS', ' ES384 , PS512', { algorithms: ['ES384', 'PS512'] }],
    ['JWT_CLOCK_SKEW_SECONDS', '0', { clockSkewSeconds: 0 }],
    ['JWT_ORGANIZATIONS_CLAIM', 'https://login.test/orgs', { organizationsClaim: 'https://login.test/orgs' }],
  ])('takes %s=%s', (name, value, expected) => {
    expect(configOf({ ...ON, [name]: value }).tokens?.rules).toMatchObject(expected);
  });

  it.each(['http://127.0.0.1:8080/keys', 'http://localhost/keys', 'http://[::1]:80/keys'])(
    'takes the address %s',
    (url) => {
      expect(configOf({ ...ON, JWT_JWKS_URL: url }).tokens?.endpoint.url).toEqual(new URL(url));
    },
  );

  it.each<readonly [name: string, value: string, fault: string]>([
    ...[
      'http://login.test/keys',
      'http://localhost.evil.test/keys',
      'http://127.0.0.1.evil.test/keys',
      'ftp://login.test/keys',
      'file:///etc/passwd',
      'https://user:canary@login.test/keys',
      'https://login.test/keys#canary',
      'login.test/keys',
    ].map((value) => ['JWT_JWKS_URL', value, ADDRESS] as const),
    ...['none', 'None', 'HS256', 'RS256,HS256', 'RS256,none', 'RS256,', 'rs256', '*', 'RS1', 'dir'].map(
      (value) => ['JWT_ALGORITHMS', value, ALGORITHMS] as const,
    ),
    ['JWT_CLOCK_SKEW_SECONDS', '301', 'must be a whole number from 0 to 300'],
    ['JWT_CLOCK_SKEW_SECONDS', '-1', 'must be a whole number from 0 to 300'],
    ['JWT_JWKS_TIMEOUT_MS', '20001', 'must be a whole number from 1 to 20000'],
    ['JWT_JWKS_CA_FILE', '/canary/missing', 'names a file that cannot be read'],
    ['JWT_ISSUER', 'two words', TEXT],
    ['JWT_AUDIENCE', 'a\nb', TEXT],
    ['JWT_ORGANIZATIONS_CLAIM', 'ümlaut', TEXT],
  ])('refuses %s=%j', (name, value, fault) => {
    expect(faultsOf({ ...ON, [name]: value })).toEqual([`${name}: ${fault}`]);
  });

  it('asks for issuer and audience with the address, naming all faults at once', () => {
    expect(faultsOf({ JWT_JWKS_URL: URL_SETTING, JWT_ALGORITHMS: 'none', PORT: 'x' })).toEqual([
      expect.stringContaining('PORT: ') as string,
      `JWT_ALGORITHMS: ${ALGORITHMS}`,
      'JWT_ISSUER: is required with JWT_JWKS_URL',
      'JWT_AUDIENCE: is required with JWT_JWKS_URL',
    ]);
  });

  it.each(['JWT_ISSUER', 'JWT_AUDIENCE'])('does not start with %s alone, which would check nothing', (name) => {
    expect(faultsOf({ [name]: 'x' })).toEqual([`${name}: is set, and JWT_JWKS_URL is not`]);
  });

  it('is no reason to leave ROUTER_SECRET out in production', () => {
    expect(faultsOf({ ...ON, NODE_ENV: 'production' })).toHaveLength(1);
  });
});

describe('CORS_ORIGINS', () => {
  it.each([
    '*',
    'null',
    'https://*.example',
    'https://desk.example/',
    'https://desk.example/app',
    'https://Desk.example',
    'https://desk.example:443',
    'http://desk.example',
    'desk.example',
    'https://a.test,',
    'https://a.test https://b.test',
    'https://user@desk.example',
    'file://',
  ])('refuses %j', (value) => {
    expect(faultsOf({ CORS_ORIGINS: value })).toEqual([`CORS_ORIGINS: ${ORIGINS}`]);
  });
});
