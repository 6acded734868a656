import type { ServerResponse } from 'node:http';

/** A request that is not carried out. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly correlationId: string;
  /** For the log: why, where the answer does not say. */
  readonly reason?: string;
}

/** Answers a request that is not carried out, in the shape of GraphQL errors. */
export function writeRefusal(
  response: ServerResponse,
  { status, code, correlationId }: Refusal,
  message: string,
  retryable = false,
): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify({ errors: [{ message, extensions: { code, retryable, correlationId } }] }));
}
