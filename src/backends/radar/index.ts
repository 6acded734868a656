import { defineBackend } from '../backend.ts';
import { addressesOf } from '../http/addresses.ts';
import { Upstream } from '../http/upstream.ts';
import { RadarClient, type RadarIdentity } from './client.ts';
import { radarRules, radarSettings } from './config.ts';
import { RADAR } from './name.ts';

/** Radar: the SIEM's groups of incidents and their findings. */
export const radar = defineBackend({
  name: RADAR,
  settings: radarSettings,
  rules: radarRules,
  connect(settings, { observe }) {
    const upstream = new Upstream({
      backend: RADAR,
      baseUrl: settings.RADAR_BASE_URL,
      ca: settings.RADAR_CA_FILE,
      timeoutMs: settings.RADAR_TIMEOUT_MS,
      concurrency: settings.RADAR_CONCURRENCY,
      maxResponseBytes: settings.RADAR_MAX_RESPONSE_BYTES,
      observe,
    });
    const apiKey = settings.RADAR_API_KEY ?? settings.RADAR_API_KEY_FILE;
    const instance = settings.RADAR_SELECTED_INSTANCE;
    const identity: RadarIdentity =
      settings.RADAR_AUTH === 'service' && apiKey !== undefined
        ? { mode: 'service', apiKey, userId: settings.RADAR_USER_ID, instance }
        : { mode: 'forward', instance };
    return {
      secrets: apiKey === undefined ? [] : [apiKey],
      addresses: addressesOf(settings.RADAR_BASE_URL),
      credentialHeaders: ['pgrapikey', 'pgr-user-id', 'pgrselectedinstance'],
      forRequest: (scope) => new RadarClient(upstream, identity, scope),
      probe: () => upstream.probe(),
      close: () => upstream.close(),
    };
  },
});
