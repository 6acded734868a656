import type { IncomingMessage } from 'node:http';
import { TRACE_HEADER } from './operation-plugin.ts';

export interface PlainRequest {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
  extensions?: Record<string, unknown>;
}

/**
 * The operation in a request that needs nothing of Apollo Server's HTTP handling: JSON was sent and read (so no browser sends it
 * without asking first), every part of it is of its type, and nobody asks for a trace. Undefined for every other request: Apollo Server
 * then judges it, and finds the words for what is wrong with it.
 */
export function toPlainRequest(request: IncomingMessage, body: unknown): PlainRequest | undefined {
  if (request.method !== 'POST' || request.headers[TRACE_HEADER] !== undefined) return undefined;
  if (!isRecord(body)) return undefined;
  const { query, operationName, variables, extensions } = body;
  if (typeof query !== 'string') return undefined;
  if (!isOptional(operationName, isText) || !isOptional(variables, isRecord) || !isOptional(extensions, isRecord)) {
    return undefined;
  }
  const plain: PlainRequest = { query };
  if (isText(operationName)) plain.operationName = operationName;
  if (isRecord(variables)) plain.variables = variables;
  if (isRecord(extensions)) plain.extensions = extensions;
  return plain;
}

function isOptional(value: unknown, isOfType: (value: unknown) => boolean): boolean {
  return value === undefined || value === null || isOfType(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
