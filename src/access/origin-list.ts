import { z } from 'zod';
import { isLoopback } from './loopback.ts';

/** Origins as browsers write them, separated by commas. `*` and `null` are none: each would let in pages that nobody listed. */
export const originList = z.string().transform((text, context) => {
  const origins = text.split(',').map((origin) => origin.trim());
  if (origins.every(isOrigin)) return origins;
  context.addIssue({
    code: 'custom',
    message: 'must be origins such as https://desk.example, separated by commas: https, or http on loopback',
  });
  return z.NEVER;
});

function isOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.origin !== text || !/^[a-z0-9.:[\]-]+$/.test(url.hostname)) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}
