import { z } from 'zod';
import type { SettingValues } from '../backend.ts';
import {
  baseUrl,
  callTimeout,
  certificateFile,
  concurrency,
  credentialMode,
  headerSecret,
  maxResponseBytes,
  secretFaults,
  secretFile,
} from '../setting-formats.ts';

export const aegisterSettings = z.object({
  AEGISTER_BASE_URL: baseUrl,
  AEGISTER_TOKEN: headerSecret.optional(),
  AEGISTER_TOKEN_FILE: secretFile.optional(),
  AEGISTER_AUTH: credentialMode,
  AEGISTER_CA_FILE: certificateFile.optional(),
  AEGISTER_TIMEOUT_MS: callTimeout,
  AEGISTER_CONCURRENCY: concurrency,
  AEGISTER_MAX_RESPONSE_BYTES: maxResponseBytes,
});

/** Rules between the settings: a credential is needed unless each caller brings one. */
export function aegisterRules(values: SettingValues): readonly string[] {
  return secretFaults('AEGISTER_TOKEN', values, values['AEGISTER_AUTH'] !== 'forward');
}
