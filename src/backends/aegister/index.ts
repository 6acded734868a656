import { defineBackend } from '../backend.ts';
import { Upstream } from '../http/upstream.ts';
import { secretOf } from '../secret.ts';
import { upstreamOptions } from '../upstream-settings.ts';
import { AegisterClient, type TokenSource } from './client.ts';
import { aegisterRules, aegisterSettings } from './config.ts';
import { AEGISTER } from './name.ts';

/** Aegister V-CISO: NIS2 incident dossiers. */
export const aegister = defineBackend({
  name: AEGISTER,
  settings: aegisterSettings,
  rules: aegisterRules,
  connect(settings, service) {
    const upstream = new Upstream({ backend: AEGISTER, ...upstreamOptions('AEGISTER', settings, service) });
    const token = secretOf('AEGISTER_TOKEN', settings.AEGISTER_TOKEN, settings.AEGISTER_TOKEN_FILE);
    const source: TokenSource = settings.AEGISTER_AUTH === 'service' && token !== undefined ? { token } : 'caller';
    return {
      secrets: token === undefined ? [] : [token],
      credentialMode: settings.AEGISTER_AUTH,
      addresses: upstream.addresses,
      credentialHeaders: ['x-aegister-token'],
      forRequest: (scope) => new AegisterClient(upstream, source, scope),
      probe: () => upstream.probe(),
      status: () => upstream.status(),
      close: () => upstream.close(),
    };
  },
});
