import type { GraphQLAnswer, GraphQLErrorJson } from './world.ts';

/**
 * POSTs an operation whose variables are JSON text, for values that JavaScript's own serializer would change or cannot write, such
 * as 1e400, integers beyond 2^53 and very deep nesting.
 */
export async function sendWithVariableText(
  { url }: { readonly url: string },
  query: string,
  variables: string,
): Promise<GraphQLAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"query":${JSON.stringify(query)},"variables":${variables}}`,
  });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: GraphQLErrorJson[] };
  return { status: response.status, headers: response.headers, text, data, errors };
}
