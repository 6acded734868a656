import type { Answer } from './exchange.ts';
import type { JsonObject, JsonValue } from './json.ts';

/** V-CISO's envelope for a success. */
export function vcisoSuccess(data: JsonObject): Answer {
  return { status: 200, body: { error: 0, messages: [], data } };
}

/** V-CISO's envelope for a failure, under any status. */
export function vcisoFailure(status: number, message: string, data: JsonValue = null): Answer {
  return { status, body: { error: 1, messages: [message], data } };
}

// Radar is written in Go, where naming the charset is customary; clients have to cope with both.
const radarHeaders = { 'content-type': 'application/json; charset=utf-8' };

/** Radar answers with the bare model. */
export function radarSuccess(body: JsonObject): Answer {
  return { status: 200, headers: radarHeaders, body };
}

/** Radar's error envelope; on these routes the code repeats the status. */
export function radarFailure(status: number, error: string, extra: JsonObject = {}): Answer {
  return { status, headers: radarHeaders, body: { error, error_code: status, ...extra } };
}
