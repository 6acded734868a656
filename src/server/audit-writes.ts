import { GraphQLError, type GraphQLField, type GraphQLSchema } from 'graphql';
import type { Outcome } from '../errors/codes.ts';
import { translate, type PublicExtensions } from '../errors/translate.ts';
import type { CredentialUse, RequestContext } from '../request-context.ts';
import { causeOf } from '../results/format-errors.ts';
import { cleanText, summarizeInput, type InputSummary } from './audit-entry.ts';

/** One write as the record keeps it. */
export interface AuditEntry extends InputSummary {
  readonly correlationId: string;
  /** Of the caller's W3C trace; null without one. */
  readonly traceId: string | null;
  readonly caller: {
    readonly subject: string | null;
    /** The application that the caller's token was given to. */
    readonly clientId: string | null;
    readonly credentials: Readonly<Record<string, CredentialUse>>;
  };
  /** The mutation field. */
  readonly field: string;
  readonly outcome: Outcome;
  /** Only where the write failed: the code that the caller is told, and how the backend answered. */
  readonly code?: PublicExtensions['code'];
  readonly upstream?: NonNullable<PublicExtensions['upstream']>;
  readonly durationMs: number;
}

type Resolver = NonNullable<GraphQLField<unknown, RequestContext, Record<string, unknown>>['resolve']>;

/**
 * Records every write: each root field of a mutation, once its resolver is done, with the outcome that the caller is told by the same
 * translation. It wraps the schema's resolvers, so it holds for whatever executes them, for every backend, and also when nobody waits
 * for the answer any more. It has to be the outermost wrapper, so that what another one refuses is recorded too.
 * Fields without a resolver cannot write and are left alone.
 */
export function auditWrites(schema: GraphQLSchema, record: (entry: AuditEntry) => void): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve as Resolver | undefined;
    if (resolve === undefined) continue;
    const audited: Resolver = async (source, values, context, info) => {
      const start = performance.now();
      const finish = (verdict: Verdict) =>
        record({ ...describe(field, values, context), ...verdict, durationMs: Math.round(performance.now() - start) });
      let payload: unknown;
      try {
        payload = await resolve(source, values, context, info);
      } catch (error) {
        finish(verdictOn(error, context));
        throw error;
      }
      finish({ outcome: 'APPLIED' });
      return payload;
    };
    field.resolve = audited;
  }
}

type Verdict = Pick<AuditEntry, 'outcome' | 'code' | 'upstream'>;

function describe(
  { name, args }: GraphQLField<unknown, unknown>,
  values: Readonly<Record<string, unknown>>,
  context: RequestContext,
) {
  const { correlationId, traceId, caller, sensitive } = context;
  // Verified, so not searched for what the caller sent beside it: that would let a caller take its own name out.
  const shown = (text: string | null) => (text === null ? null : cleanText(text, []));
  return {
    correlationId,
    traceId: traceId ?? null,
    caller: { subject: shown(caller.subject), clientId: shown(caller.clientId), credentials: context.credentials() },
    field: name,
    ...summarizeInput(args, values, sensitive),
  };
}

function verdictOn(error: unknown, { correlationId, sensitive }: RequestContext): Verdict {
  const cause = error instanceof GraphQLError ? causeOf(error) : error;
  const { extensions } = translate(cause, { moment: 'write', correlationId, sensitive });
  const { code, outcome = 'UNKNOWN', upstream } = extensions;
  return { outcome, code, ...(upstream !== undefined && { upstream }) };
}
