import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { SettingValues } from './backend.ts';
import { withoutLineBreak, type SecretFile, type SecretFormat, type SecretValue } from './secret.ts';

/** Formats of settings. Messages never repeat the value, which may be a secret. */

/** A whole number from `least` to `most`, decimal digits. */
export function wholeNumber(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
}

/** `1` or `0`. */
export const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((value) => value === '1');

/** An http or https address, with or without a path prefix, nothing else in it. */
export const baseUrl = z.string('is required').transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && isPlain(url)) return url;
  context.addIssue({
    code: 'custom',
    message: 'must be an http or https address without credentials, query or fragment',
  });
  return z.NEVER;
});

function isPlain({ protocol, username, password, search, hash }: URL): boolean {
  return (protocol === 'https:' || protocol === 'http:') && username + password + search + hash === '';
}

/** A secret that travels in an HTTP header: printable ASCII, no space at either end. */
export const headerSecret = z
  .string()
  .regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, 'must be printable ASCII without spaces at its ends');

const NOT_READABLE = 'names a file that cannot be read';

/** The text of a file, or undefined when it cannot be read. */
function textOf(path: string): string | undefined {
  try {
    return withoutLineBreak(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A file that holds a secret of this format, the twin of every secret setting. It is read again while the process runs. */
export function secretFileOf<Value extends SecretValue>(schema: z.ZodType<Value, string>) {
  const format: SecretFormat<Value> = (text) => {
    const parsed = schema.safeParse(text);
    return parsed.success ? { value: parsed.data } : { fault: parsed.error.issues[0]?.message ?? 'is not valid' };
  };
  return z.string().transform((path, context): SecretFile<Value> => {
    const text = textOf(path);
    const read = text === undefined ? { fault: NOT_READABLE } : format(text);
    if (text !== undefined && 'value' in read) return { path, text, value: read.value, format };
    context.addIssue({ code: 'custom', message: 'fault' in read ? read.fault : NOT_READABLE });
    return z.NEVER;
  });
}

/** A file that holds a secret that travels in a header. */
export const secretFile = secretFileOf(headerSecret);

/**
 * A file of PEM certificates to trust instead of the system's. Read once: whom to trust is no secret that leaks and is rotated, and the
 * connections that are open were made under the old answer. A new authority is added beside the old one and takes a restart.
 */
export const certificateFile = z.string().transform((path, context) => {
  const pem = textOf(path);
  if (pem !== undefined && isCertificate(pem)) return pem;
  context.addIssue({
    code: 'custom',
    message: pem === undefined ? NOT_READABLE : 'must name a file of PEM certificates',
  });
  return z.NEVER;
});

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== '';
  } catch {
    return false;
  }
}

/** Faults of a secret that may be set by value or by file: never both, and one of them when `required`. */
export function secretFaults(name: string, values: SettingValues, required: boolean): readonly string[] {
  const value = values[name];
  const fromFile = values[`${name}_FILE`];
  if (value !== undefined && fromFile !== undefined) return [`${name}: is set, and ${name}_FILE as well; set one`];
  if (required && value === undefined && fromFile === undefined) return [`${name}: is required, or ${name}_FILE`];
  return [];
}

/** `service`: the configured credential; `forward`: the caller's own. */
export const credentialMode = z.enum(['service', 'forward'], 'must be service or forward').default('service');

/** Requests in flight to one backend. 64 suffices for a page of 50 entities in one wave. */
export const concurrency = wholeNumber(1, 10_000).default(64);

/** Calls to one backend that may wait for their turn. Each operation asks for few at once, so this is room for a whole crowd of them. */
export const maxWaiting = wholeNumber(0, 1_000_000).default(2_000);

/**
 * Failed sends in a row that open the breaker; 0 never. More than may be in flight, so that one moment in which all connections break,
 * as when a backend restarts, does not.
 */
export const breakerFailures = wholeNumber(0, 100_000).default(100);

/** Time from the opening of the breaker to the next trial, milliseconds. */
export const breakerCoolDown = wholeNumber(1, 600_000).default(2_000);

/** Time for one call to a backend, repeated sends and body included, milliseconds. */
export const callTimeout = wholeNumber(1, 600_000).default(10_000);

/** Largest answer that is read, bytes. A group of 10,000 whole findings takes about 9 MB. */
export const maxResponseBytes = wholeNumber(1_024, 1_073_741_824).default(16_777_216);
