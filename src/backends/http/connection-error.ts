import errors from 'undici/lib/core/errors.js';
import { UpstreamError } from '../../errors/upstream-error.ts';

/** What undici reports of a request that got no whole answer. @param sent whether it may have arrived */
export function connectionError(backend: string, cause: Error, sent: boolean): UpstreamError {
  const code = errorCode(cause);
  const common = { backend, sent, detail: code, cause };
  if (!sent) {
    const kind = code === 'UND_ERR_CONNECT_TIMEOUT' ? 'timeout' : 'unavailable';
    return new UpstreamError({ ...common, kind, transient: TRANSIENT_CONNECT_ERRORS.has(code) });
  }
  if (isNotHttp(cause) || UNREADABLE.has(code)) return new UpstreamError({ ...common, kind: 'unreadable' });
  return new UpstreamError({ ...common, kind: 'failed', transient: true });
}

/** Connect failures that the next second may cure; a certificate that is not trusted is not among them. */
const TRANSIENT_CONNECT_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
]);

/** undici's names for an answer that came but is too large to be used. */
const UNREADABLE = new Set(['UND_ERR_HEADERS_OVERFLOW', 'UND_ERR_RES_EXCEEDED_MAX_SIZE']);

/**
 * Whether the parser met bytes that are no HTTP. Without any data in hand it only met the end of the connection: then the answer was
 * cut off, which is another thing.
 */
function isNotHttp(error: Error): boolean {
  return error instanceof errors.HTTPParserError && 'data' in error && Boolean(error.data);
}

function errorCode(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
