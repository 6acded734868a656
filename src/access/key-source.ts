import { createLocalJWKSet, errors, type CryptoKey, type FlattenedJWSInput, type JWSHeaderParameters } from 'jose';
import { parseKeySet } from './key-set-endpoint.ts';
import { KeysUnavailableError } from './keys-unavailable-error.ts';

/** After how long keys are read again, milliseconds: so long a key that the issuer withdrew is still believed. */
const FRESH_MS = 300_000;
/** How long known keys go on while the issuer cannot be reached, milliseconds. After that nobody gets in. */
const USABLE_MS = 3_600_000;
/** How often the issuer is asked in a row, and how long it takes, milliseconds, until it may be asked once more. */
const READS_IN_A_ROW = 5;
const READ_AGAIN_MS = 10_000;

export interface KeySourceOptions {
  /** The text of the issuer's key set, within a bounded time. */
  readonly read: () => Promise<string>;
  /** Told of every read: undefined when it went well, the reason when not. */
  readonly report: (failure: string | undefined) => void;
  /** Milliseconds, never backwards. */
  readonly now?: () => number;
}

interface Keys {
  readonly text: string;
  readonly find: (header: JWSHeaderParameters, token: FlattenedJWSInput) => Promise<CryptoKey>;
  /** Changes with the keys. */
  readonly version: number;
  readonly readAt: number;
}

/**
 * The issuer's keys. They are read when first needed, now and then after that, and when a token names one that is not known: the issuer
 * may have changed them. However many tokens name keys that do not exist, the issuer is not asked more than every ten seconds for
 * long.
 */
export class KeySource {
  readonly #options: KeySourceOptions;
  readonly #now: () => number;
  #keys: Keys | undefined;
  #reading: Promise<void> | undefined;
  #lastReadFailed = false;
  #readsLeft = READS_IN_A_ROW;
  #countedAt: number;

  constructor(options: KeySourceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#countedAt = this.#now();
  }

  /** A number that changes with the keys; undefined while there are none to go by. Has old keys read again meanwhile. */
  get version(): number | undefined {
    return this.#usable()?.version;
  }

  /** Starts to read the keys. */
  prepare(): void {
    void this.#refresh();
  }

  /**
   * The key that a token says it is signed with.
   * @throws KeysUnavailableError when the issuer could not be asked; an error of jose when there is no such key
   */
  async find(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    const known = this.#usable();
    if (known === undefined) return (await this.#readNow()).find(header, token);
    try {
      return await known.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return (await this.#readNow()).find(header, token);
    }
  }

  /** Keys that may be gone by. Old ones are, while new ones are on their way: nobody waits for a slow issuer. */
  #usable(): Keys | undefined {
    const keys = this.#keys;
    const age = keys === undefined ? Number.POSITIVE_INFINITY : this.#now() - keys.readAt;
    if (keys !== undefined && age > FRESH_MS) void this.#refresh();
    return age > USABLE_MS ? undefined : keys;
  }

  async #readNow(): Promise<Keys> {
    await this.#refresh();
    const keys = this.#usable();
    if (keys === undefined || this.#lastReadFailed) throw new KeysUnavailableError();
    return keys;
  }

  /** Never rejects. Returns at once where the issuer was asked often enough. */
  async #refresh(): Promise<void> {
    if (this.#reading === undefined) {
      if (!this.#mayRead()) return;
      this.#reading = this.#read().finally(() => (this.#reading = undefined));
    }
    await this.#reading;
  }

  #mayRead(): boolean {
    const now = this.#now();
    const earned = Math.floor((now - this.#countedAt) / READ_AGAIN_MS);
    this.#readsLeft = Math.min(READS_IN_A_ROW, this.#readsLeft + earned);
    this.#countedAt += earned * READ_AGAIN_MS;
    if (this.#readsLeft === 0) return false;
    this.#readsLeft -= 1;
    return true;
  }

  async #read(): Promise<void> {
    try {
      const text = await this.#options.read();
      const { version = 0, text: before } = this.#keys ?? {};
      // Without a change the old keys stay, and with them what was found good by them.
      this.#keys =
        this.#keys !== undefined && text === before
          ? { ...this.#keys, readAt: this.#now() }
          : { text, find: createLocalJWKSet(parseKeySet(text)), version: version + 1, readAt: this.#now() };
      this.#lastReadFailed = false;
      this.#options.report(undefined);
    } catch (error) {
      this.#lastReadFailed = true;
      this.#options.report(reasonOf(error));
    }
  }
}

/** A code such as ECONNREFUSED where there is one. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'no answer in time';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
