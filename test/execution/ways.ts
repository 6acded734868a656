import type { World } from '../support/world.ts';

/** How many operations of a server were executed by what ("plan" or "graphql-js"), and what of Apollo Server was around that. */
export async function waysOf(world: World): Promise<Readonly<Record<string, number>>> {
  const text = await (await fetch(`${world.url}/metrics`)).text();
  const counts = text.matchAll(/^graphql_executions_total\{by="([^"]*)",pipeline="([^"]*)"\} (\d+)$/gm);
  return Object.fromEntries([...counts].map(([, by, pipeline, count]) => [`${by}, ${pipeline}`, Number(count)]));
}
