import type { Profile, ProfileNode } from './inspector.ts';

/** Where in the sources a function of the bundle stands, for example `src/server/log.ts`; undefined for anything else. */
export type SourceOf = (line: number, column: number) => string | undefined;

/** Rules from top to bottom: what a function's address, or for built-in ones its name, says about whose work it is. */
const BY_URL: readonly (readonly [pattern: RegExp, category: string])[] = [
  [/\/node_modules\/undici\/|^node:_http_(?:client|agent)|^node:internal\/deps\/undici/, 'upstream client'],
  [/\/node_modules\/(?:node-fetch|@apollo\/datasource-rest|@apollo\/utils\.fetcher)\//, 'upstream client'],
  [/\/node_modules\/(?:graphql|graphql-jit|@graphql-tools\/[^/]+|@apollo\/subgraph|dataloader)\//, 'GraphQL execution'],
  [/\/node_modules\/(?:@apollo\/|negotiator\/|lru-cache\/)/, 'Apollo pipeline'],
  [/\/node_modules\/(?:mercurius|tiny-lru|single-user-cache|quick-lru)\//, 'Mercurius pipeline'],
  [
    /\/node_modules\/(?:fastify|@fastify|express|body-parser|cors|finalhandler|find-my-way|avvio|light-my-request)/,
    'HTTP framework',
  ],
  [/\/node_modules\/(?:pino|sonic-boom|thread-stream|safe-stable-stringify)[^/]*\/|^node:fs/, 'log'],
  [/\/node_modules\/prom-client\//, 'metrics'],
  [/\/node_modules\/zod\//, 'validation (zod)'],
  [/^node:_http_|^node:internal\/http/, 'node http server'],
  [
    /^node:(?:net|stream|events|buffer|string_decoder|internal\/(?:streams|stream_base|js_stream|buffer|net|util))/,
    'node net, streams, buffers',
  ],
  [
    /^node:internal\/(?:process|timers|async_hooks|promise)|^node:(?:timers|async_hooks|internal\/async)/,
    'ticks, promises, timers',
  ],
  [/^node:(?:internal\/)?crypto/, 'crypto'],
];

/** Functions of node and V8 that have no script; the name says what they do. */
const BY_NAME = new Map([
  ['(garbage collector)', 'garbage collection'],
  ['(program)', 'node itself, not attributed'],
  ['writev', 'socket writes'],
  ['writeBuffer', 'socket writes'],
  ['writeUtf8String', 'socket writes'],
  ['writeLatin1String', 'socket writes'],
  ['parse', 'JSON'],
  ['stringify', 'JSON'],
  ['runMicrotasks', 'ticks, promises, timers'],
  ['digest', 'crypto'],
  ['update', 'crypto'],
]);

/** Time that does not count: nobody worked. */
const IDLE = '(idle)';

/**
 * Adds up the samples of a profile by whose work they were, microseconds. A built-in function that no rule names counts as work of
 * whoever called it.
 */
export function timeByCategory({ nodes, samples, timeDeltas }: Profile, sourceOf: SourceOf): Map<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)));
  const categories = new Map<number, string>();
  const categoryOf = (node: ProfileNode): string => {
    let category = categories.get(node.id);
    if (category === undefined) {
      const parent = parents.get(node.id);
      category = ownCategory(node, sourceOf) ?? (parent === undefined ? 'other' : categoryOf(parent));
      categories.set(node.id, category);
    }
    return category;
  };
  const times = new Map<string, number>();
  samples.forEach((id, index) => {
    const node = byId.get(id);
    if (node === undefined || node.callFrame.functionName === IDLE) return;
    const category = categoryOf(node);
    // The delta of the next sample is how long this one lasted.
    times.set(category, (times.get(category) ?? 0) + Math.max(0, timeDeltas[index + 1] ?? 0));
  });
  return times;
}

function ownCategory({ callFrame }: ProfileNode, sourceOf: SourceOf): string | undefined {
  const { url, scriptId, functionName, lineNumber, columnNumber } = callFrame;
  if (url === '') {
    // A script without an address is what `new Function` has made: an operation compiled by graphql-jit.
    return scriptId === '0' ? BY_NAME.get(functionName) : 'GraphQL execution';
  }
  const rule = BY_URL.find(([pattern]) => pattern.test(url));
  if (rule !== undefined) return rule[1];
  if (url.startsWith('node:')) return 'node, other';
  const source = sourceOf(lineNumber, columnNumber);
  if (source !== undefined) return folderOf(source);
  const name = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  return name === undefined ? 'own code' : `package ${name}`;
}

/** `src/server/log.ts` is work of `src/server`, and `src/config.ts` of `src`. */
function folderOf(source: string): string {
  return `our ${source.slice(0, source.lastIndexOf('/'))}`;
}
