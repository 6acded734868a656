import type { GraphQLAnswer, World } from '../world.ts';

/** What became of an operation: what the backends received, and what the client was answered. */
export interface Outcome {
  /** Method, path and raw body of every request, each backend's in order of arrival, Aegister's first. */
  readonly sent: readonly string[];
  /** `undefined` when there is none, also where it is null. */
  readonly data: unknown;
  readonly errors: readonly { readonly code: unknown; readonly issues: readonly unknown[] | null }[];
}

type Extensions = Readonly<Record<string, unknown>> | undefined;

/** Reads the answer's text once more, since an error of a gateway's own need not have any extensions. */
export function outcomeOf(world: World, { text }: GraphQLAnswer): Outcome {
  const { data, errors = [] } = JSON.parse(text) as { data?: unknown; errors?: { extensions?: Extensions }[] };
  const requests = [...world.aegister.requests, ...world.radar.requests];
  return {
    sent: requests.map(({ method, path, body }) => `${method} ${path} ${body}`),
    data: data ?? undefined,
    errors: errors.map(({ extensions }) => ({ code: extensions?.['code'], issues: issuePaths(extensions) })),
  };
}

/** `null` where the error names no issues. */
function issuePaths(extensions: Extensions): readonly unknown[] | null {
  const issues = extensions?.['issues'];
  if (!Array.isArray(issues)) return null;
  return issues.map((issue: unknown) => (typeof issue === 'object' && issue && 'path' in issue ? issue.path : null));
}
