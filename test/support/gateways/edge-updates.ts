import { hive, hiveRustPlanner } from './hive.ts';
import { grafbase } from './grafbase.ts';
import type { Outcome } from './outcome.ts';

/** A mutation that is about how GraphQL and JSON themselves are passed on, not about one field. */
export interface EdgeCase {
  readonly what: string;
  /** What goes into the input beside the keys. */
  readonly fields: string;
  /** The keys, where the case is about them. */
  readonly keys?: string;
  readonly declared?: string;
  /** JSON text, for values that JavaScript's serializer would change. */
  readonly variables?: string;
  /** In the words of `summaryOf`. */
  readonly expected: string;
  /** Of the gateways that do something else: what. */
  readonly otherwise?: Readonly<Record<string, string>>;
  /** What a client or an operator does about that. */
  readonly remedy?: string;
}

/** What is answered for a request that the gateway did not live to answer. */
export const NO_ANSWER = 'no answer: the process of the gateway ends';

const KEYS = 'organizationId: "3071", id: "1024"';
const refusedAt = (field: string) => `nothing sent; BAD_USER_INPUT at input.${field}`;
const REFUSED = 'nothing sent; refused by GraphQL itself';
const IDS_AS_TEXT = 'Write ids as text.';
const NUMBERS_AS_TEXT =
  'Write numbers beyond the range of a double as text: a gateway may have replaced them before this service could refuse them.';
const HIVE = [hive.name, hiveRustPlanner.name] as const;
const inHive = (outcome: string) => Object.fromEntries(HIVE.map((name) => [name, outcome]));

export const edgeCases: readonly EdgeCase[] = [
  {
    what: 'a variable falls back to its own default',
    declared: '$v: String = "by default"',
    fields: 'title: $v',
    expected: '{"title":"by default"}',
  },
  { what: 'that default is null', declared: '$v: String = null', fields: 'title: $v', expected: refusedAt('title') },
  {
    what: 'null is given over a default',
    declared: '$v: String = "by default"',
    fields: 'title: $v',
    variables: '{"v":null}',
    expected: refusedAt('title'),
    otherwise: { [grafbase.name]: REFUSED },
    remedy: 'Nothing to do: the mutation is refused either way.',
  },
  {
    what: 'a field stands twice in a literal',
    fields: 'title: "one", title: "two"',
    expected: REFUSED,
  },
  {
    what: 'a key stands twice in a JSON literal',
    fields: 'metadata: { a: 1, a: 2 }',
    expected: REFUSED,
    otherwise: { [grafbase.name]: '{"metadata":{"a":2}}' },
    remedy: 'The last value wins. Pass JSON as a variable.',
  },
  {
    what: 'a whole number stands for text',
    fields: 'title: 7',
    expected: REFUSED,
  },
  {
    what: 'whole numbers stand for ids, literal',
    keys: 'organizationId: 3071, id: 1024',
    fields: 'title: "t"',
    expected: '{"title":"t"}',
    otherwise: { [grafbase.name]: REFUSED },
    remedy: IDS_AS_TEXT,
  },
  {
    what: 'a whole number stands for an id, variable',
    declared: '$v: ID!',
    keys: 'organizationId: "3071", id: $v',
    fields: 'title: "t"',
    variables: '{"v":1024}',
    expected: '{"title":"t"}',
    otherwise: { [grafbase.name]: REFUSED },
    remedy: IDS_AS_TEXT,
  },
  {
    what: 'text has quotes and other escapes',
    fields: String.raw`title: "\"a\\\n\u00e9 \t"`,
    expected: '{"title":"\\"a\\\\\\né \\t"}',
  },
  {
    what: 'text has an emoji, literal',
    fields: 'title: "😀"',
    expected: '{"title":"😀"}',
    otherwise: { [grafbase.name]: REFUSED },
    remedy: 'Pass text as a variable.',
  },
  {
    what: 'text has an emoji, variable',
    declared: '$v: String',
    fields: 'title: $v',
    variables: '{"v":"😀"}',
    expected: '{"title":"😀"}',
  },
  {
    what: 'text is a block string',
    fields: 'title: """\n  one\n    two\n  """',
    expected: '{"title":"one\\n  two"}',
  },
  {
    what: 'JSON has keys of the object prototype',
    declared: '$v: JSONObject',
    fields: 'metadata: $v',
    variables: '{"v":{"__proto__":{"a":1},"constructor":null,"toJSON":""}}',
    expected: '{"metadata":{"__proto__":{"a":1},"constructor":null,"toJSON":""}}',
  },
  {
    what: 'an integer beyond 2^53-1, literal',
    fields: 'metadata: { n: 9007199254740993 }',
    expected: refusedAt('metadata'),
  },
  {
    what: 'an integer beyond 2^53-1, variable',
    declared: '$v: JSONObject',
    fields: 'metadata: $v',
    variables: '{"v":{"n":9007199254740993}}',
    expected: refusedAt('metadata'),
  },
  {
    what: 'a number beyond the range of a double, literal',
    fields: 'metadata: { n: 1e400 }',
    expected: refusedAt('metadata'),
    otherwise: {
      [hive.name]: '{"metadata":{"n":null}}',
      [hiveRustPlanner.name]: '{"metadata":{"n":"inf"}}',
      [grafbase.name]: '{"metadata":{"n":null}}',
    },
    remedy: NUMBERS_AS_TEXT,
  },
  {
    what: 'a number beyond the range of a double, variable',
    declared: '$v: JSONObject',
    fields: 'metadata: $v',
    variables: '{"v":{"n":1e400}}',
    expected: refusedAt('metadata'),
    otherwise: { ...inHive('{"metadata":{"n":null}}'), [grafbase.name]: REFUSED },
    remedy: NUMBERS_AS_TEXT,
  },
  {
    what: 'a variable inside a JSON literal',
    declared: '$v: JSONObject',
    fields: 'metadata: { a: $v, z: 1 }',
    variables: '{"v":{"b":null}}',
    expected: '{"metadata":{"a":{"b":null},"z":1}}',
    otherwise: { [grafbase.name]: NO_ANSWER },
    remedy:
      'Any client can end this gateway with one such query. Pass the whole JSON object as one variable, let the gateway accept trusted documents only, and have it restarted by a supervisor.',
  },
];

/** The mutation of a case. */
export function edgeQuery({ declared, keys = KEYS, fields }: EdgeCase): string {
  const variables = declared === undefined ? '' : ` (${declared})`;
  const input = `{ ${keys}, ${fields} }`;
  return `mutation${variables} { updateIncident(input: ${input}) { incident { id } } }`;
}

/** An outcome in one line. */
export function summaryOf({ sent, errors }: Outcome): string {
  if (sent.length > 0) return sent.map((request) => request.slice(request.indexOf('{'))).join(' then ');
  const [error] = errors;
  if (error === undefined) return 'nothing sent';
  if (error.issues === null) return REFUSED;
  const paths = error.issues.map((path) => (Array.isArray(path) ? path.join('.') : 'no path'));
  return `nothing sent; ${String(error.code)} at ${paths.join(', ')}`;
}
