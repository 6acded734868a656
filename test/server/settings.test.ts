import { describe, expect, it } from 'vitest';
import { backends } from '../../src/backends/index.ts';
import { parseConfig, settingNames, type Config } from '../../src/config.ts';
import { REQUIRED_SETTINGS, configOf, faultsOf, refusalOf } from '../support/settings.ts';

/** Everything of a configuration that can be compared. */
function valuesOf({ connect, routerSecret, ...values }: Config) {
  expect(connect).toBeTypeOf('function');
  return { ...values, routerSecrets: routerSecret.current() };
}

/** The settings of one backend as they are after parsing, defaults included. */
function backendValues(name: string, settings: Readonly<Record<string, string>>): unknown {
  return backends.find((backend) => backend.name === name)?.settings.parse(settings);
}

const DEFAULTS = {
  production: false,
  host: '0.0.0.0',
  port: 4000,
  workers: 1,
  logLevel: 'info',
  routerSecrets: [],
  tokens: undefined,
  corsOrigins: [],
  operationTimeoutMs: 25_000,
  limits: {
    bodyBytes: 1_000_000,
    tokens: 5_000,
    depth: 12,
    aliases: 100,
    mutationRootFields: 20,
    representations: 1_000,
    listIds: 10_000,
    jsonDepth: 64,
  },
  introspection: true,
  fieldSuggestions: true,
  explorer: true,
};

describe('defaults', () => {
  it('are those of the contract for the service', () => {
    expect(valuesOf(configOf())).toEqual(DEFAULTS);
  });

  it('of production switch introspection, suggestions and the explorer off', () => {
    expect(valuesOf(configOf({ NODE_ENV: 'production', ROUTER_SECRET: 'disabled' }))).toEqual({
      ...DEFAULTS,
      production: true,
      introspection: false,
      fieldSuggestions: false,
      explorer: false,
    });
  });

  it.each(['aegister', 'radar'])('of %s are the same for both backends', (name) => {
    const prefix = name.toUpperCase();
    expect(backendValues(name, REQUIRED_SETTINGS)).toMatchObject({
      [`${prefix}_AUTH`]: 'service',
      [`${prefix}_TIMEOUT_MS`]: 10_000,
      [`${prefix}_CONCURRENCY`]: 64,
      [`${prefix}_MAX_RESPONSE_BYTES`]: 16_777_216,
    });
  });

  it('hold for every setting that is empty, credentials apart', () => {
    const empty = Object.fromEntries(settingNames(backends).map((name) => [name, '']));
    expect(valuesOf(parseConfig({ ...empty, ...REQUIRED_SETTINGS }, backends))).toEqual(DEFAULTS);
  });

  it('hold whatever else the environment has', () => {
    expect(valuesOf(configOf({ PATH: '/bin', port: 'x', AEGISTER_PORT: 'x' }))).toEqual(DEFAULTS);
  });
});

describe('settings', () => {
  it.each([
    ['HOST', '127.0.0.1', { host: '127.0.0.1' }],
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65_535 }],
    ['LOG_LEVEL', 'debug', { logLevel: 'debug' }],
    ['ROUTER_SECRET', 'one', { routerSecrets: ['one'] }],
    ['ROUTER_SECRET', 'one,two', { routerSecrets: ['one', 'two'] }],
    ['ROUTER_SECRET', ' one , two ', { routerSecrets: ['one', 'two'] }],
    ['ROUTER_SECRET', 'disabled', { routerSecrets: [] }],
    ['CORS_ORIGINS', 'https://a.test', { corsOrigins: ['https://a.test'] }],
    [
      'CORS_ORIGINS',
      'https://a.test:8443 , http://127.0.0.1:5173',
      { corsOrigins: ['https://a.test:8443', 'http://127.0.0.1:5173'] },
    ],
    ['OPERATION_TIMEOUT_MS', '1500', { operationTimeoutMs: 1_500 }],
    ['MAX_BODY_BYTES', '2048', { limits: { ...DEFAULTS.limits, bodyBytes: 2_048 } }],
    ['MAX_TOKENS', '9', { limits: { ...DEFAULTS.limits, tokens: 9 } }],
    ['MAX_DEPTH', '9', { limits: { ...DEFAULTS.limits, depth: 9 } }],
    ['MAX_ALIASES', '9', { limits: { ...DEFAULTS.limits, aliases: 9 } }],
    ['MAX_MUTATION_FIELDS', '9', { limits: { ...DEFAULTS.limits, mutationRootFields: 9 } }],
    ['MAX_REPRESENTATIONS', '9', { limits: { ...DEFAULTS.limits, representations: 9 } }],
    ['MAX_LIST_IDS', '9', { limits: { ...DEFAULTS.limits, listIds: 9 } }],
    ['MAX_JSON_DEPTH', '9', { limits: { ...DEFAULTS.limits, jsonDepth: 9 } }],
    ['INTROSPECTION', '0', { introspection: false }],
    ['FIELD_SUGGESTIONS', '0', { fieldSuggestions: false }],
    ['EXPLORER', '0', { explorer: false }],
  ])('take %s=%s', (name, value, expected) => {
    expect(valuesOf(configOf({ [name]: value }))).toEqual({ ...DEFAULTS, ...expected });
  });

  it.each([
    ['INTROSPECTION', 'introspection'],
    ['FIELD_SUGGESTIONS', 'fieldSuggestions'],
    ['EXPLORER', 'explorer'],
  ] as const)('switch on what production has off with %s=1', (name, key) => {
    const config = configOf({ NODE_ENV: 'production', ROUTER_SECRET: 'disabled', [name]: '1' });
    const off = { introspection: false, fieldSuggestions: false, explorer: false };
    expect(valuesOf(config)).toEqual({ ...DEFAULTS, production: true, ...off, [key]: true });
  });

  it.each([
    'https://aegister.test',
    'http://127.0.0.1:8080',
    'https://gateway.test/aegister/',
    'http://[::1]:9000/a/b',
  ])('take %s as the address of either backend', (url) => {
    expect(valuesOf(configOf({ AEGISTER_BASE_URL: url, RADAR_BASE_URL: url }))).toEqual(DEFAULTS);
  });

  it('ask for no credential of a backend that is called with each caller’s own', () => {
    const settings = { AEGISTER_AUTH: 'forward', RADAR_AUTH: 'forward' };
    const without = { AEGISTER_TOKEN: undefined, RADAR_API_KEY: undefined };
    expect(valuesOf(configOf({ ...settings, ...without }))).toEqual(DEFAULTS);
  });

  it('cannot be changed once they are read', () => {
    const config = configOf();
    expect([Object.isFrozen(config), Object.isFrozen(config.limits)]).toEqual([true, true]);
  });
});

describe('several faults', () => {
  it('are all named when nothing is set', () => {
    expect(refusalOf({}).message).toBe(
      [
        'Cannot start, settings are missing or malformed:',
        '  AEGISTER_BASE_URL: is required',
        '  AEGISTER_TOKEN: is required, or AEGISTER_TOKEN_FILE',
        '  RADAR_BASE_URL: is required',
        '  RADAR_API_KEY: is required, or RADAR_API_KEY_FILE',
      ].join('\n'),
    );
  });

  it('of the service and of both backends are named in one message, without any value', () => {
    const environment = {
      NODE_ENV: 'production',
      PORT: 'canary-port',
      MAX_DEPTH: 'canary-depth',
      EXPLORER: 'canary-flag',
      AEGISTER_BASE_URL: 'ftp://canary-host',
      AEGISTER_AUTH: 'canary-mode',
      AEGISTER_TOKEN: 'canary-token',
      AEGISTER_TOKEN_FILE: '/canary/file',
      RADAR_BASE_URL: 'https://canary-user:canary-password@radar.test',
      RADAR_USER_ID: 'canary-user-id',
      RADAR_CONCURRENCY: '0',
    };
    const { message, faults } = refusalOf(environment);
    const named = faults.map((fault) => fault.slice(0, fault.indexOf(':')));
    expect([...new Set(named)].sort()).toEqual([
      'AEGISTER_AUTH',
      'AEGISTER_BASE_URL',
      'AEGISTER_TOKEN',
      'AEGISTER_TOKEN_FILE',
      'EXPLORER',
      'MAX_DEPTH',
      'PORT',
      'RADAR_API_KEY',
      'RADAR_BASE_URL',
      'RADAR_CONCURRENCY',
      'RADAR_USER_ID',
      'ROUTER_SECRET',
    ]);
    expect(message).not.toContain('canary');
    expect(message.split('\n')).toHaveLength(faults.length + 1);
  });

  it('of one backend do not hide that its credential is missing', () => {
    expect(faultsOf({ RADAR_TIMEOUT_MS: 'soon', RADAR_API_KEY: undefined })).toEqual([
      'RADAR_TIMEOUT_MS: must be a whole number from 1 to 600000',
      'RADAR_API_KEY: is required, or RADAR_API_KEY_FILE',
    ]);
  });

  it('of the service do not hide that its router secret is missing', () => {
    expect(faultsOf({ NODE_ENV: 'production', PORT: 'soon' })).toEqual([
      'PORT: must be a whole number from 0 to 65535',
      'ROUTER_SECRET: is required, or ROUTER_SECRET_FILE; write ROUTER_SECRET=disabled to let everybody call',
    ]);
  });
});
