import { GraphQLError, type GraphQLField, type GraphQLSchema } from 'graphql';
import { translate } from '../errors/translate.ts';
import type { RequestContext } from '../request-context.ts';
import { causeOf } from '../results/format-errors.ts';
import { cleanText, summarizeInput, type AuditEntry } from './audit-entry.ts';
import type { AuditLog } from './audit-log.ts';

type Resolver = NonNullable<GraphQLField<unknown, RequestContext, Record<string, unknown>>['resolve']>;

/**
 * Records every write: each root field of a mutation, once its resolver is done and before its caller is told, with the outcome that the
 * caller is told by the same translation. It wraps the schema's resolvers, so it holds for whatever executes them, for every backend, and
 * also when nobody waits for the answer any more. It has to be the outermost wrapper, so that what another one refuses is recorded too.
 * Fields without a resolver cannot write and are left alone.
 */
export function auditWrites(schema: GraphQLSchema, record: AuditLog): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve as Resolver | undefined;
    if (resolve === undefined) continue;
    const audited: Resolver = async (source, values, context, info) => {
      const start = performance.now();
      let payload: unknown;
      try {
        payload = await resolve(source, values, context, info);
      } catch (error) {
        await record(entryOf(field, values, context, start, verdictOn(error, context)));
        throw error;
      }
      await record(entryOf(field, values, context, start, APPLIED));
      return payload;
    };
    field.resolve = audited;
  }
}

type Verdict = Pick<AuditEntry, 'outcome' | 'code' | 'upstream'>;

const APPLIED: Verdict = { outcome: 'APPLIED' };

function entryOf(
  { name, args }: GraphQLField<unknown, unknown>,
  values: Readonly<Record<string, unknown>>,
  { correlationId, traceId, caller, credentials, sensitive }: RequestContext,
  start: number,
  { outcome, code, upstream }: Verdict,
): AuditEntry {
  const { object, changes, listLengths } = summarizeInput(args, values, sensitive);
  return {
    correlationId,
    traceId: traceId ?? null,
    caller: { subject: shown(caller.subject), clientId: shown(caller.clientId), credentials: credentials() },
    field: name,
    object,
    changes,
    listLengths,
    outcome,
    // Undefined ones are left out of the line.
    code,
    upstream,
    durationMs: Math.round(performance.now() - start),
  };
}

/** Verified, so not searched for what the caller sent beside it: that would let a caller take its own name out. */
function shown(text: string | null): string | null {
  return text === null ? null : cleanText(text, []);
}

function verdictOn(error: unknown, { correlationId, sensitive }: RequestContext): Verdict {
  const cause = error instanceof GraphQLError ? causeOf(error) : error;
  const { extensions } = translate(cause, { moment: 'write', correlationId, sensitive });
  const { code, outcome = 'UNKNOWN', upstream } = extensions;
  return { outcome, code, upstream };
}
