import type { HttpResponse } from '../../../src/backends/http/call.ts';
import { answeredError, isJsonObject, kindOfStatus, parseBody } from '../../../src/backends/http/json-answer.ts';
import type { JsonObject } from '../../../src/domain.ts';
import { TOY } from './name.ts';

/** The object in an answer. @throws UpstreamError for every other answer */
export function readNote(response: HttpResponse): JsonObject {
  const kind = kindOfStatus(response.status, false);
  const parsed = parseBody(response);
  if (kind !== undefined) throw answeredError(TOY, kind, response, { code: '77' });
  if (!('value' in parsed) || !isJsonObject(parsed.value)) throw answeredError(TOY, 'unreadable', response);
  return parsed.value;
}
