import { z } from 'zod';
import type { SettingValues } from '../backends/backend.ts';
import { certificateFile, wholeNumber } from '../backends/setting-formats.ts';
import { isLoopback } from './loopback.ts';
import type { KeySetEndpointOptions } from './key-set-endpoint.ts';
import type { TokenRules } from './token-verifier.ts';

/** With a public and a private key each: with a shared secret, whoever can check a token could make one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

const keySetUrl = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url));
  if (url !== undefined && isSafe && url.username + url.password + url.hash === '') return url;
  context.addIssue({
    code: 'custom',
    message: 'must be an https address (http on loopback only) without credentials or fragment',
  });
  return z.NEVER;
});

const algorithmList = z.string().transform((text, context) => {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => ALGORITHMS.includes(name))) return names;
  context.addIssue({ code: 'custom', message: `must be some of ${ALGORITHMS.join(', ')}, separated by commas` });
  return z.NEVER;
});

/** What a claim is compared with, or its name. */
const claimText = z.string().regex(/^[\x21-\x7e]{1,500}$/, 'must be printable ASCII without spaces');

/** Settings of the check of tokens by environment variable. */
export const tokenSettings = z.object({
  JWT_JWKS_URL: keySetUrl.optional(),
  JWT_JWKS_CA_FILE: certificateFile.optional(),
  // Well below the time of an operation: a caller may have to wait for it first.
  JWT_JWKS_TIMEOUT_MS: wholeNumber(1, 20_000).default(3_000),
  JWT_ISSUER: claimText.optional(),
  JWT_AUDIENCE: claimText.optional(),
  JWT_ALGORITHMS: algorithmList.default(['RS256', 'PS256', 'ES256', 'EdDSA']),
  JWT_CLOCK_SKEW_SECONDS: wholeNumber(0, 300).default(30),
  JWT_ORGANIZATIONS_CLAIM: claimText.default('organizations'),
});

/** How tokens are checked. */
export interface TokenConfig {
  readonly endpoint: KeySetEndpointOptions;
  readonly rules: TokenRules;
}

/** Rules between the settings. One without the address checks nothing, and whoever set it believes otherwise. */
export function tokenFaults(values: SettingValues): readonly string[] {
  const on = values['JWT_JWKS_URL'] !== undefined;
  const names = on ? ['JWT_ISSUER', 'JWT_AUDIENCE'] : ['JWT_ISSUER', 'JWT_AUDIENCE', 'JWT_JWKS_CA_FILE'];
  const wrong = names.filter((name) => (values[name] === undefined) === on);
  return wrong.map((name) => `${name}: ${on ? 'is required with JWT_JWKS_URL' : 'is set, and JWT_JWKS_URL is not'}`);
}

/** Undefined when tokens are not to be checked. Asks for settings without faults. */
export function toTokenConfig(settings: z.output<typeof tokenSettings>): TokenConfig | undefined {
  const { JWT_JWKS_URL: url, JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = settings;
  if (url === undefined || issuer === undefined || audience === undefined) return undefined;
  return Object.freeze({
    endpoint: Object.freeze({ url, ca: settings.JWT_JWKS_CA_FILE, timeoutMs: settings.JWT_JWKS_TIMEOUT_MS }),
    rules: Object.freeze({
      issuer,
      audience,
      algorithms: settings.JWT_ALGORITHMS,
      clockSkewSeconds: settings.JWT_CLOCK_SKEW_SECONDS,
      organizationsClaim: settings.JWT_ORGANIZATIONS_CLAIM,
    }),
  });
}
