import type { z } from 'zod';
import type { ServiceHooks } from './backend.ts';
import {
  baseUrl,
  breakerCoolDown,
  breakerFailures,
  callTimeout,
  certificateFile,
  concurrency,
  maxResponseBytes,
  maxWaiting,
} from './setting-formats.ts';

/** What every REST backend can be set, by the second half of the names. */
const formats = {
  BASE_URL: baseUrl,
  CA_FILE: certificateFile.optional(),
  TIMEOUT_MS: callTimeout,
  CONCURRENCY: concurrency,
  MAX_WAITING: maxWaiting,
  MAX_RESPONSE_BYTES: maxResponseBytes,
  BREAKER_FAILURES: breakerFailures,
  BREAKER_COOL_DOWN_MS: breakerCoolDown,
} as const;

type Formats = typeof formats;
type Values = z.output<z.ZodObject<Formats>>;
type Prefixed<Prefix extends string, Each> = {
  readonly [Name in keyof Each as `${Prefix}_${Name & string}`]: Each[Name];
};

/** The settings that every REST backend has, each name with the prefix of this one. */
export function upstreamSettings<const Prefix extends string>(prefix: Prefix): Prefixed<Prefix, Formats> {
  const named = Object.entries(formats).map(([name, format]) => [`${prefix}_${name}`, format]);
  // TypeScript does not follow names that are put together at run time; the type says just what the line above does.
  return Object.fromEntries(named) as Prefixed<Prefix, Formats>;
}

/** The values of these settings as an Upstream takes them: limits on concurrent work are this process's share of them. */
export function upstreamOptions<const Prefix extends string>(
  prefix: Prefix,
  settings: Prefixed<Prefix, Values>,
  { observe, share }: ServiceHooks,
) {
  const shareOf = (limit: number) => Math.max(1, Math.floor(limit * share));
  const unprefixed = Object.entries(settings).map(([name, value]) => [name.slice(prefix.length + 1), value]);
  const values = Object.fromEntries(unprefixed) as Values;
  return {
    observe,
    baseUrl: values.BASE_URL,
    ca: values.CA_FILE,
    timeoutMs: values.TIMEOUT_MS,
    concurrency: shareOf(values.CONCURRENCY),
    maxWaiting: Math.floor(values.MAX_WAITING * share),
    maxResponseBytes: values.MAX_RESPONSE_BYTES,
    failures: values.BREAKER_FAILURES,
    coolDownMs: values.BREAKER_COOL_DOWN_MS,
  };
}
