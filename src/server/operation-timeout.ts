import type { IncomingHttpHeaders } from 'node:http';
import { BadRequest } from './read-body.ts';

/** Name of the header by which a caller gives an operation less time than the service would. */
const HEADER = 'x-operation-timeout-ms';
/** 1 or more, in plain digits. Sent twice, the header arrives as a list, which is none. */
const WHOLE_MILLISECONDS = /^[1-9]\d*$/;

/**
 * How long an operation may take, milliseconds: what its caller asks for, and never more than `most`.
 * @throws BadRequest 400 when the header is anything but whole milliseconds
 */
export function operationTimeoutOf(headers: IncomingHttpHeaders, most: number): number {
  const value = headers[HEADER];
  if (value === undefined) return most;
  if (typeof value === 'string' && WHOLE_MILLISECONDS.test(value)) return Math.min(Number(value), most);
  throw new BadRequest(400, `The header ${HEADER} must be whole milliseconds, 1 or more.`, true);
}
