import { Pool } from 'undici';
import { z } from 'zod';

/** Largest key set that is read, bytes: some hundred keys. */
const MAX_BYTES = 262_144;

export interface KeySetEndpointOptions {
  readonly url: URL;
  /** PEM bundle that replaces the system's certificate authorities. */
  readonly ca: string | undefined;
  /** For connection, answer and body together, milliseconds. */
  readonly timeoutMs: number;
}

/** The address at which the issuer publishes its keys. Proxy variables of the environment do not apply to it. */
export class KeySetEndpoint {
  readonly #options: KeySetEndpointOptions;
  readonly #pool: Pool;

  constructor(options: KeySetEndpointOptions) {
    const { url, ca, timeoutMs } = options;
    this.#options = options;
    this.#pool = new Pool(url.origin, {
      connections: 1,
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: MAX_BYTES,
      connect: ca === undefined ? { timeout: timeoutMs } : { timeout: timeoutMs, ca },
    });
  }

  /**
   * The text of the key set, once asked. Redirects are not followed: whoever they lead to would decide who may call.
   * @throws Error whatever went wrong; its message holds no part of the answer
   */
  async read(): Promise<string> {
    const { url, timeoutMs } = this.#options;
    const { statusCode, body } = await this.#pool.request({
      method: 'GET',
      path: `${url.pathname}${url.search}`,
      headers: { accept: 'application/jwk-set+json, application/json' },
      signal: AbortSignal.timeout(timeoutMs),
      // A connection kept for the next time, minutes later, may be dead by then.
      reset: true,
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`status ${statusCode}`);
    return text;
  }

  /** Ends a call in flight as well. */
  close(): Promise<void> {
    return this.#pool.destroy();
  }
}

/** A public key of an algorithm with two keys. Its other members are judged where it is used. */
const publicKey = z.looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']) });
const keySet = z.looseObject({ keys: z.array(z.unknown()) });

export type PublicKey = z.output<typeof publicKey>;

/**
 * The keys in the text of a key set. Keys of other kinds are left out.
 * @throws Error when it is no key set; its message holds no part of the text
 */
export function parseKeySet(text: string): { keys: PublicKey[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('not JSON');
  }
  const parsed = keySet.safeParse(value);
  if (!parsed.success) throw new Error('not a key set');
  return { keys: parsed.data.keys.flatMap((key) => publicKey.safeParse(key).data ?? []) };
}
