import { defineBackend } from '../backend.ts';
import { addressesOf } from '../http/addresses.ts';
import { Upstream } from '../http/upstream.ts';
import { AegisterClient, type TokenSource } from './client.ts';
import { aegisterRules, aegisterSettings } from './config.ts';
import { AEGISTER } from './name.ts';

/** Aegister V-CISO: NIS2 incident dossiers. */
export const aegister = defineBackend({
  name: AEGISTER,
  settings: aegisterSettings,
  rules: aegisterRules,
  connect(settings, { observe }) {
    const upstream = new Upstream({
      backend: AEGISTER,
      baseUrl: settings.AEGISTER_BASE_URL,
      ca: settings.AEGISTER_CA_FILE,
      timeoutMs: settings.AEGISTER_TIMEOUT_MS,
      concurrency: settings.AEGISTER_CONCURRENCY,
      maxResponseBytes: settings.AEGISTER_MAX_RESPONSE_BYTES,
      observe,
    });
    const token = settings.AEGISTER_TOKEN ?? settings.AEGISTER_TOKEN_FILE;
    const source: TokenSource = settings.AEGISTER_AUTH === 'service' && token !== undefined ? { token } : 'caller';
    return {
      secrets: token === undefined ? [] : [token],
      addresses: addressesOf(settings.AEGISTER_BASE_URL),
      credentialHeaders: ['x-aegister-token'],
      forRequest: (scope) => new AegisterClient(upstream, source, scope),
      probe: () => upstream.probe(),
      close: () => upstream.close(),
    };
  },
});
