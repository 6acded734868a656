import { z } from 'zod';
import { isUuid } from '../../formats.ts';
import type { SettingValues } from '../backend.ts';
import { baseUrl, credentialMode, headerSecret, secretFaults, secretFile } from '../setting-formats.ts';
import { upstreamSettings } from '../upstream-settings.ts';

export const radarSettings = z.object({
  ...upstreamSettings('RADAR'),
  RADAR_BASE_URL: baseUrl.refine(
    (url) => !/\/cruddy\/v2\/?$/.test(url.pathname),
    'must end before /cruddy/v2, which is added by this service',
  ),
  RADAR_API_KEY: headerSecret.optional(),
  RADAR_API_KEY_FILE: secretFile.optional(),
  RADAR_AUTH: credentialMode,
  // Error texts of the vendor's API insist on this format ("Pgr-User-Id should be uuid format").
  RADAR_USER_ID: z.string().refine(isUuid, 'must be a UUID').optional(),
  RADAR_SELECTED_INSTANCE: headerSecret.optional(),
});

/** Rules between the settings: a credential is needed unless each caller brings one. */
export function radarRules(values: SettingValues): readonly string[] {
  return secretFaults('RADAR_API_KEY', values, values['RADAR_AUTH'] !== 'forward');
}
