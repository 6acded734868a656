import { z } from 'zod';
import type { SettingValues } from '../backend.ts';
import { credentialMode, headerSecret, secretFaults, secretFile } from '../setting-formats.ts';
import { upstreamSettings } from '../upstream-settings.ts';

export const aegisterSettings = z.object({
  ...upstreamSettings('AEGISTER'),
  AEGISTER_TOKEN: headerSecret.optional(),
  AEGISTER_TOKEN_FILE: secretFile.optional(),
  AEGISTER_AUTH: credentialMode,
});

/** Rules between the settings: a credential is needed unless each caller brings one. */
export function aegisterRules(values: SettingValues): readonly string[] {
  return secretFaults('AEGISTER_TOKEN', values, values['AEGISTER_AUTH'] !== 'forward');
}
