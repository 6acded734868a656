import type { Config } from '../../src/config.ts';
import { ConfigError, parseConfig } from '../../src/config.ts';
import { backends } from '../../src/backends/index.ts';

/** What has to be set, and nothing beyond it. */
export const REQUIRED_SETTINGS = {
  AEGISTER_BASE_URL: 'https://aegister.test',
  AEGISTER_TOKEN: 'canary-token-value',
  RADAR_BASE_URL: 'https://radar.test:9000',
  RADAR_API_KEY: 'canary-key-value',
} as const;

type Settings = Readonly<Record<string, string | undefined>>;

/** The configuration of the required settings with these over them; `undefined` takes one away. */
export function configOf(settings: Settings = {}): Config {
  return parseConfig({ ...REQUIRED_SETTINGS, ...settings }, backends);
}

/** The error that stops the start with exactly this environment. */
export function refusalOf(environment: Settings): ConfigError {
  try {
    parseConfig(environment, backends);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
}

/** The faults found in the required settings with these over them. */
export function faultsOf(settings: Settings): readonly string[] {
  return refusalOf({ ...REQUIRED_SETTINGS, ...settings }).faults;
}
