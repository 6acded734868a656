import { z } from 'zod';
import {
  settingFaults,
  type Backend,
  type BackendConnection,
  type ServiceHooks,
  type SettingValues,
} from './backends/backend.ts';
import { originList } from './access/origin-list.ts';
import { tokenFaults, tokenSettings, toTokenConfig, type TokenConfig } from './access/settings.ts';
import { Secret, secretOf } from './backends/secret.ts';
import { flag, headerSecret, secretFaults, secretFileOf, wholeNumber } from './backends/setting-formats.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

const routerSecrets = z.string().transform((text, context): readonly string[] => {
  if (text === 'disabled') return [];
  const secrets = text.split(',').map((part) => part.trim());
  const valid = secrets.length <= 2 && secrets.every((secret) => headerSecret.safeParse(secret).success);
  if (valid) return secrets;
  context.addIssue({ code: 'custom', message: 'must be one secret, two separated by a comma, or the word disabled' });
  return z.NEVER;
});

/** The service's own settings by environment variable; each backend adds its own. */
const serviceSettings = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'], 'must be production, development or test')
    .default('development'),
  HOST: z.string().default('0.0.0.0'),
  PORT: wholeNumber(0, 65_535).default(4000),
  // More than there are cores only costs memory, but a container may see more of them than it is given.
  WORKERS: wholeNumber(1, 256).default(1),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  ROUTER_SECRET: routerSecrets.optional(),
  ROUTER_SECRET_FILE: secretFileOf(headerSecret.pipe(routerSecrets)).optional(),
  ...tokenSettings.shape,
  CORS_ORIGINS: originList.default([]),
  // Below the 30 s after which routers give up: they would lose the error's code.
  OPERATION_TIMEOUT_MS: wholeNumber(1, 600_000).default(25_000),
  MAX_BODY_BYTES: wholeNumber(1_024, 1_073_741_824).default(1_000_000),
  MAX_TOKENS: wholeNumber(1, 1_000_000).default(5_000),
  MAX_DEPTH: wholeNumber(1, 1_000).default(12),
  MAX_ALIASES: wholeNumber(0, 100_000).default(100),
  MAX_MUTATION_FIELDS: wholeNumber(1, 10_000).default(20),
  MAX_REPRESENTATIONS: wholeNumber(1, 1_000_000).default(1_000),
  MAX_LIST_IDS: wholeNumber(0, 1_000_000).default(10_000),
  // Not more than may be read back from a backend.
  MAX_JSON_DEPTH: wholeNumber(1, 100).default(64),
  INTROSPECTION: flag.optional(),
  FIELD_SUGGESTIONS: flag.optional(),
  EXPLORER: flag.optional(),
});

type ServiceSettings = z.output<typeof serviceSettings>;

/** Settings that hold, with every backend ready to be connected. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Processes that serve together behind one port. */
  readonly workers: number;
  readonly logLevel: ServiceSettings['LOG_LEVEL'];
  /** The words of which a caller of `/graphql` has to send one; none: everybody may call. */
  readonly routerSecret: Secret<readonly string[]>;
  /** How callers' tokens are checked; undefined: none are asked for. */
  readonly tokens: TokenConfig | undefined;
  /** Origins whose pages may call from a browser. */
  readonly corsOrigins: readonly string[];
  readonly operationTimeoutMs: number;
  readonly limits: {
    readonly bodyBytes: number;
    readonly tokens: number;
    readonly depth: number;
    readonly aliases: number;
    readonly mutationRootFields: number;
    readonly representations: number;
    readonly listIds: number;
    readonly jsonDepth: number;
  };
  readonly introspection: boolean;
  readonly fieldSuggestions: boolean;
  readonly explorer: boolean;
  /** Opens the connections to all backends, by name. */
  readonly connect: (hooks: ServiceHooks) => Readonly<Record<string, BackendConnection>>;
}

/** Settings are missing or malformed. The message has a line for each fault, with the variable's name and never its value. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(['Cannot start, settings are missing or malformed:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** Names of all settings, those of the backends included. */
export function settingNames(backends: readonly Backend[]): readonly string[] {
  return [serviceSettings, ...backends.map((backend) => backend.settings)].flatMap((slice) => Object.keys(slice.shape));
}

/** The words in an environment that are secrets by value: of every setting that may be given as a file too, each part. */
export function secretsIn(environment: NodeJS.ProcessEnv, backends: readonly Backend[]): readonly string[] {
  const names = settingNames(backends);
  const secret = names.filter((name) => names.includes(`${name}_FILE`));
  return secret.flatMap((name) => {
    const value = environment[name] ?? '';
    return [value, ...value.split(',').map((part) => part.trim())];
  });
}

/**
 * Reads all settings from an environment. A variable that is empty counts as not set.
 * @throws ConfigError naming every fault at once
 */
export function parseConfig(environment: NodeJS.ProcessEnv, backends: readonly Backend[]): Config {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) if (value) values[name] = value;

  const faults: string[] = [];
  const parsed = serviceSettings.safeParse(values);
  if (!parsed.success) faults.push(...settingFaults(parsed.error));
  faults.push(...routerSecretFaults(values), ...tokenFaults(values));
  const connectors: [string, (hooks: ServiceHooks) => BackendConnection][] = [];
  for (const backend of backends) {
    const configured = backend.configure(values);
    if ('faults' in configured) faults.push(...configured.faults);
    else connectors.push([backend.name, configured.connect]);
  }
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  return toConfig(parsed.data, (hooks) =>
    Object.fromEntries(connectors.map(([name, connect]) => [name, connect(hooks)])),
  );
}

/** Whoever wants to run without a secret in production has to say so. */
function routerSecretFaults(values: SettingValues): readonly string[] {
  const faults = secretFaults('ROUTER_SECRET', values, values['NODE_ENV'] === 'production');
  const missing = values['ROUTER_SECRET'] === undefined;
  return missing ? faults.map((fault) => `${fault}; write ROUTER_SECRET=disabled to let everybody call`) : faults;
}

function toConfig(settings: ServiceSettings, connect: Config['connect']): Config {
  const production = settings.NODE_ENV === 'production';
  return Object.freeze({
    production,
    host: settings.HOST,
    port: settings.PORT,
    workers: settings.WORKERS,
    logLevel: settings.LOG_LEVEL,
    routerSecret:
      secretOf('ROUTER_SECRET', settings.ROUTER_SECRET, settings.ROUTER_SECRET_FILE) ??
      new Secret('ROUTER_SECRET', { value: [] }),
    tokens: toTokenConfig(settings),
    corsOrigins: settings.CORS_ORIGINS,
    operationTimeoutMs: settings.OPERATION_TIMEOUT_MS,
    limits: Object.freeze({
      bodyBytes: settings.MAX_BODY_BYTES,
      tokens: settings.MAX_TOKENS,
      depth: settings.MAX_DEPTH,
      aliases: settings.MAX_ALIASES,
      mutationRootFields: settings.MAX_MUTATION_FIELDS,
      representations: settings.MAX_REPRESENTATIONS,
      listIds: settings.MAX_LIST_IDS,
      jsonDepth: settings.MAX_JSON_DEPTH,
    }),
    introspection: settings.INTROSPECTION ?? !production,
    fieldSuggestions: settings.FIELD_SUGGESTIONS ?? !production,
    explorer: settings.EXPLORER ?? !production,
    connect,
  });
}
