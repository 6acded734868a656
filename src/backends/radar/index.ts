import { defineBackend } from '../backend.ts';
import { Upstream } from '../http/upstream.ts';
import { secretOf } from '../secret.ts';
import { upstreamOptions } from '../upstream-settings.ts';
import { RadarClient, type RadarIdentity } from './client.ts';
import { radarRules, radarSettings } from './config.ts';
import { RADAR } from './name.ts';

/** Radar: the SIEM's groups of incidents and their findings. */
export const radar = defineBackend({
  name: RADAR,
  settings: radarSettings,
  rules: radarRules,
  connect(settings, service) {
    const upstream = new Upstream({ backend: RADAR, ...upstreamOptions('RADAR', settings, service) });
    const apiKey = secretOf('RADAR_API_KEY', settings.RADAR_API_KEY, settings.RADAR_API_KEY_FILE);
    const instance = settings.RADAR_SELECTED_INSTANCE;
    const identity: RadarIdentity =
      settings.RADAR_AUTH === 'service' && apiKey !== undefined
        ? { mode: 'service', apiKey, userId: settings.RADAR_USER_ID, instance }
        : { mode: 'forward', instance };
    return {
      secrets: apiKey === undefined ? [] : [apiKey],
      credentialMode: settings.RADAR_AUTH,
      addresses: upstream.addresses,
      credentialHeaders: ['pgrapikey', 'pgr-user-id', 'pgrselectedinstance'],
      forRequest: (scope) => new RadarClient(upstream, identity, scope),
      probe: () => upstream.probe(),
      status: () => upstream.status(),
      close: () => upstream.close(),
    };
  },
});
