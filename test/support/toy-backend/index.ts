import { defineBackend } from '../../../src/backends/backend.ts';
import { Upstream } from '../../../src/backends/http/upstream.ts';
import { Secret } from '../../../src/backends/secret.ts';
import { upstreamOptions } from '../../../src/backends/upstream-settings.ts';
import { ToyClient } from './client.ts';
import { toySettings } from './config.ts';
import { TOY } from './name.ts';

/** A third backend, made in the way of the two real ones and known to nothing in `src/`. */
export const toy = defineBackend({
  name: TOY,
  settings: toySettings,
  rules: ({ TOY_KEY_FILE }) => (TOY_KEY_FILE === undefined ? [] : ['TOY_KEY_FILE: is not for toys']),
  connect(settings, service) {
    const upstream = new Upstream({ backend: TOY, ...upstreamOptions('TOY', settings, service) });
    return {
      secrets: [new Secret('TOY_KEY', { value: settings.TOY_KEY })],
      credentialMode: 'service',
      addresses: upstream.addresses,
      credentialHeaders: ['x-toy-key'],
      forRequest: (scope) => new ToyClient(upstream, settings.TOY_KEY, scope),
      probe: () => upstream.probe(),
      status: () => upstream.status(),
      close: () => upstream.close(),
    };
  },
});
