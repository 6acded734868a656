import { fault, type Fault } from '../../test/stand-ins/faults.ts';
import { UNKNOWN_DOSSIER, type BackendName, type Credentials } from './world.ts';

/** How a backend may fail, by the name that the figures show. None applies a write and then denies it: nobody could tell that lie. */
export function faultsOf(
  backend: BackendName,
  { token, apiKey, address }: Credentials,
): Readonly<Record<string, Fault>> {
  const wrongId =
    backend === 'aegister' ? { 'data.id': UNKNOWN_DOSSIER } : { id: '00000000-0000-4000-8000-000000000000' };
  const echo = `${backend} at ${address}: ${token} and ${apiKey} are not good`;
  const refusal = { error: 1, messages: [echo], data: null, error_code: 400, extra: { fields: [echo] } };
  return {
    '500 before applying': fault.answer(500, {}, refusal),
    '500 after applying': fault.answer(500, {}, refusal, { applied: true }),
    '502 page': fault.html(502),
    '503': fault.answer(503),
    '503 with Retry-After': fault.answer(503, { 'retry-after': '0' }),
    '429 with Retry-After': fault.answer(429, { 'retry-after': '0' }),
    '400 that echoes secrets': fault.answer(400, {}, refusal),
    '200 with an error': fault.answer(200, {}, refusal),
    'reset before applying': fault.resetBeforeHeaders(),
    'reset after applying': fault.resetBeforeHeaders({ applied: true }),
    'end after applying': fault.endBeforeHeaders({ applied: true }),
    'truncated after applying': fault.endInsideBody({ applied: true }),
    'truncated before applying': fault.endInsideBody(),
    'malformed JSON after applying': fault.malformedJson(200, { applied: true }),
    'hang before applying': fault.hangBeforeHeaders(),
    'hang after applying': fault.hangBeforeHeaders({ applied: true }),
    'hang inside the body': fault.hangInsideBody({ applied: true }),
    'wrong id': fault.lie(wrongId),
    'wrong media type': fault.wrongMediaType('text/html'),
    'early hints': fault.informational(103),
  };
}
