import type { CallObserver } from '../backends/http/call.ts';
import type { Caller } from './caller.ts';
import { KeySetEndpoint } from './key-set-endpoint.ts';
import { KeySource } from './key-source.ts';
import type { TokenConfig } from './settings.ts';
import { TokenVerifier } from './token-verifier.ts';

export interface TokenCheckHooks {
  /** Told of every call to the issuer. */
  readonly observe: CallObserver;
  /** Told of every read of the issuer's keys: undefined when it went well, the reason when not. */
  readonly report: (failure: string | undefined) => void;
}

export interface TokenCheck {
  /** Who sends these `Authorization` headers. @throws TokenRefusedError, KeysUnavailableError */
  readonly identify: (headers: readonly string[] | undefined) => Promise<Caller>;
  /** Has the issuer's keys read ahead of the first request. An issuer that is down keeps nobody from starting. */
  prepare(): void;
  close(): Promise<void>;
}

/** The check of callers' tokens against the keys that their issuer publishes. */
export function createTokenCheck({ endpoint, rules }: TokenConfig, hooks: TokenCheckHooks): TokenCheck {
  const keySet = new KeySetEndpoint(endpoint);

  async function read(): Promise<string> {
    const start = performance.now();
    let result = 'failed';
    try {
      const text = await keySet.read();
      result = 'ok';
      return text;
    } finally {
      const durationMs = performance.now() - start;
      hooks.observe({ backend: 'token-issuer', endpoint: 'GET key set', result, durationMs });
    }
  }

  const keys = new KeySource({ read, report: hooks.report });
  const verifier = new TokenVerifier(rules, keys);
  return {
    identify: (headers) => verifier.identify(headers),
    prepare: () => keys.prepare(),
    close: () => keySet.close(),
  };
}
