import { startTokenIssuer, type SignOptions, type TokenIssuer } from '../stand-ins/token-issuer.ts';
import { startSeededWorld } from './seeded-world.ts';
import type { GraphQLAnswer, World } from './world.ts';

export const ALL_SCOPES = 'incident:read incident:write incident-group:read incident-group:write';

export interface TokenWorld extends World {
  readonly issuer: TokenIssuer;
  /** Sends one operation with a token of the issuer that has these claims. */
  sendAs(claims: Readonly<Record<string, unknown>>, query: string, variables?: object): Promise<GraphQLAnswer>;
  /** Sends one operation with exactly this token. */
  sendWith(token: string, query: string, headers?: Record<string, string>): Promise<GraphQLAnswer>;
  /** A token of the issuer, searched for by `leaks` as well. */
  sign(claims?: Readonly<Record<string, unknown>>, options?: SignOptions): Promise<string>;
  /** Tokens sent so far of which a telling part stands in an answer or in a log line. */
  leaks(): readonly string[];
}

/** A world that asks for tokens, and who issues them. `spoil` may do something to the issuer before the service starts. */
export async function startTokenWorld(
  settings: Record<string, string> = {},
  spoil: (issuer: TokenIssuer) => void = () => undefined,
): Promise<TokenWorld> {
  const issuer = await startTokenIssuer();
  spoil(issuer);
  const world = await startSeededWorld({
    JWT_JWKS_URL: issuer.keySetUrl,
    JWT_ISSUER: issuer.issuer,
    JWT_AUDIENCE: issuer.audience,
    LOG_LEVEL: 'debug',
    // Slow machines included; who tests the time sets it.
    JWT_JWKS_TIMEOUT_MS: '20000',
    ...settings,
  });
  const tokens = new Set<string>();
  const answers: string[] = [];

  const tokenWorld: TokenWorld = {
    ...world,
    issuer,
    async send(...request) {
      const answer = await world.send(...request);
      answers.push([answer.text, ...[...answer.headers].map(([name, value]) => `${name}: ${value}`)].join('\n'));
      return answer;
    },
    sendAs: async (claims, query, variables) =>
      tokenWorld.send(query, variables, { authorization: `Bearer ${await tokenWorld.sign(claims)}` }),
    sendWith(token, query, headers) {
      tokens.add(token);
      return tokenWorld.send(query, undefined, { authorization: `Bearer ${token}`, ...headers });
    },
    async sign(claims, options) {
      const token = await issuer.sign(claims, options);
      tokens.add(token);
      return token;
    },
    leaks() {
      if (answers.length === 0 || world.logLines.length === 0) throw new Error('there is nothing to search');
      const text = [...answers, ...world.logLines].join('\n');
      // The last two parts of a token; the header is the same for all.
      const parts = [...tokens].flatMap((token) => token.split('.').slice(1));
      return parts.filter((part) => part.length > 8 && text.includes(part.slice(0, 40)));
    },
    reset() {
      world.reset();
      issuer.faults.clear();
      issuer.clearRequests();
    },
    async close() {
      await world.close();
      await issuer.close();
    },
  };
  return tokenWorld;
}
