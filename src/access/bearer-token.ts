import { TokenRefusedError } from './token-refused-error.ts';

/** Longest token that is looked at, characters. Node takes 16 KiB for all headers of a request. */
const MAX_TOKEN = 8_192;
/** RFC 6750; the scheme is the same in either case. */
const BEARER = /^bearer +(\S+)$/i;

/**
 * The token of a request.
 * @param headers every header `Authorization` of the request: of two nobody can say which one was meant
 * @throws TokenRefusedError
 */
export function bearerToken(headers: readonly string[] | undefined): string {
  const [header, another] = headers ?? [];
  if (header === undefined) throw new TokenRefusedError('no Authorization header', false);
  if (another !== undefined) throw new TokenRefusedError('more than one Authorization header');
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) throw new TokenRefusedError('no bearer token', false);
  if (token.length > MAX_TOKEN) throw new TokenRefusedError(`a token of more than ${MAX_TOKEN} characters`);
  return token;
}
