import { createHash } from 'node:crypto';
import { errors, jwtVerify, type CompactJWSHeaderParameters, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { bearerToken } from './bearer-token.ts';
import type { Caller } from './caller.ts';
import { callerOf } from './claims.ts';
import type { KeySource } from './key-source.ts';
import { KeysUnavailableError } from './keys-unavailable-error.ts';
import { TokenRefusedError } from './token-refused-error.ts';

/** How many good tokens are remembered. */
const MAX_KNOWN = 1_000;
/** A token for access, or one that does not say what it is for (RFC 9068 asks for the former). */
const ACCESS_TOKEN_TYPE = /^(?:application\/)?(?:at\+)?jwt$/i;

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** Algorithms with a public and a private key, by their JWA names. */
  readonly algorithms: readonly string[];
  /** Seconds by which the issuer's clock may differ from ours. */
  readonly clockSkewSeconds: number;
  readonly organizationsClaim: string;
}

interface KnownToken {
  readonly caller: Caller;
  /** Milliseconds since 1970. */
  readonly goodUntil: number;
  readonly keysVersion: number;
}

/**
 * Tells who sent a request by its token. A token that was found good is not checked again until it expires or the issuer's keys change;
 * it is remembered by its digest, so that the memory of this process holds no tokens.
 */
export class TokenVerifier {
  readonly #rules: TokenRules;
  readonly #keys: KeySource;
  readonly #options: JWTVerifyOptions;
  readonly #known = new Map<string, KnownToken>();

  constructor(rules: TokenRules, keys: KeySource) {
    this.#rules = rules;
    this.#keys = keys;
    this.#options = {
      issuer: rules.issuer,
      audience: rules.audience,
      algorithms: [...rules.algorithms],
      clockTolerance: rules.clockSkewSeconds,
      requiredClaims: ['exp'],
    };
  }

  /**
   * @param headers every header `Authorization` of the request
   * @throws TokenRefusedError; KeysUnavailableError when nobody can say at present
   */
  async identify(headers: readonly string[] | undefined): Promise<Caller> {
    const token = bearerToken(headers);
    const digest = createHash('sha256').update(token).digest('base64');
    const known = this.#known.get(digest);
    if (known !== undefined && known.keysVersion === this.#keys.version && Date.now() < known.goodUntil) {
      return known.caller;
    }
    this.#known.delete(digest);
    const keysVersion = this.#keys.version;
    const { caller, goodUntil } = await this.#verify(token);
    // The key may be one of those that were replaced meanwhile.
    if (keysVersion !== undefined && keysVersion === this.#keys.version) {
      this.#remember(digest, { caller, goodUntil, keysVersion });
    }
    return caller;
  }

  async #verify(token: string): Promise<{ readonly caller: Caller; readonly goodUntil: number }> {
    try {
      const { payload } = await jwtVerify(
        token,
        (header, jws) => {
          checkHeader(header);
          return this.#keys.find(header, jws);
        },
        this.#options,
      );
      return {
        caller: callerOf(payload, this.#rules.organizationsClaim),
        goodUntil: (this.#expiryOf(payload) + this.#rules.clockSkewSeconds) * 1_000,
      };
    } catch (error) {
      if (error instanceof KeysUnavailableError || error instanceof TokenRefusedError) throw error;
      throw new TokenRefusedError(reasonOf(error));
    }
  }

  /** jose has compared `exp` and `nbf` with the clock; it takes 1e999 for a time, and looks at `iat` only for the token's age. */
  #expiryOf({ exp, iat }: JWTPayload): number {
    if (exp === undefined || !Number.isFinite(exp)) throw new TokenRefusedError('exp is not finite');
    const latest = Date.now() / 1_000 + this.#rules.clockSkewSeconds;
    if (iat !== undefined && iat > latest) throw new TokenRefusedError('iat lies in the future');
    return exp;
  }

  #remember(digest: string, known: KnownToken): void {
    const [oldest] = this.#known.keys();
    if (this.#known.size >= MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(digest, known);
  }
}

/** Before any key is looked for. Keys and addresses of keys in a header (`jwk`, `jku`, `x5c`, `x5u`) are never looked at. */
function checkHeader({ typ, crit }: CompactJWSHeaderParameters): void {
  if (crit !== undefined) throw new TokenRefusedError('crit is not understood here');
  if (typ !== undefined && !ACCESS_TOKEN_TYPE.test(typ)) throw new TokenRefusedError('typ is of another kind of token');
}

/** jose's code and, where one claim is at fault, its name. No text: it could repeat what the caller wrote. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) {
    return `${error.code} ${error.claim}`;
  }
  if (error instanceof errors.JOSEError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
