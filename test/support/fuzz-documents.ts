import { buildSubgraphSchema } from '@apollo/subgraph';
import * as fc from 'fast-check';
import {
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
} from 'graphql';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { contractSdl } from './contract-sdl.ts';
import { anyText } from './fuzz-values.ts';

const schema = buildSubgraphSchema(parse(contractSdl));
const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
if (!query || !mutation) throw new Error('the contract has queries and mutations');

const IDS = ['1024', '3071', seedIds.emptyGroup, seedIds.massEncryptionFinding, '0', '', 'x', seedIds.unknownGroup];
const scalars = [
  ...IDS.map((id) => JSON.stringify(id)),
  '1024',
  '0',
  '-1',
  '1.5',
  'null',
  'true',
  'DRAFT',
  'CLOSED',
  '[]',
  '{}',
];
const WORDS = [
  ...['$id', '$input', '__typename', 'Incident', '""" block """', '"2026-03-02T06:31:10Z"', '{a: $id}', '[[]]'],
  '{ __proto__: { a: 1 } }',
];

/** Where ids are numbers. */
const DECIMAL_OWNERS = ['incident', 'UpdateIncidentInput'];

/** A literal, mostly of the type; `owner` is the field or the input type that it is for. */
function literalOf(type: GraphQLInputType, owner: string): fc.Arbitrary<string> {
  const stray = { weight: 1, arbitrary: fc.constantFrom(...scalars, ...WORDS) };
  if (isNonNullType(type)) return literalOf(type.ofType, owner);
  if (isListType(type)) {
    const list = fc.array(literalOf(type.ofType, owner), { maxLength: 3 }).map((all) => `[${all.join(' ')}]`);
    return fc.oneof({ weight: 30, arbitrary: list }, stray);
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map((field) => {
      const text = literalOf(field.type, type.name).map((value) => `${field.name}: ${value}`);
      return isNonNullType(field.type) ? text : fc.oneof(fc.constant(''), text);
    });
    return fc.oneof({ weight: 60, arbitrary: fc.tuple(...fields).map((all) => `{ ${all.join(' ')} }`) }, stray);
  }
  const fine: Readonly<Record<string, readonly string[]>> = {
    ID: DECIMAL_OWNERS.includes(owner) ? ['"1024"', '"3071"', '1024'] : [`"${seedIds.emptyGroup}"`],
    IncidentStatus: ['DRAFT', 'SUBMITTED'],
    JSONObject: ['{}', '{ a: [1, null, { b: "c" }] }'],
    DateTime: ['"2026-03-02T06:31:10Z"'],
  };
  return fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...(fine[getNamedType(type).name] ?? ['"text"', '""'])) },
    stray,
  );
}

type Field = GraphQLField<unknown, unknown>;

const decorations = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom('', '@skip(if: false)', '@include(if: true)') },
  { weight: 1, arbitrary: fc.constantFrom('@include(if: $yes)', '@nothing', '@skip', '@skip(if: null)') },
);
const aliases = fc.constantFrom(
  '',
  '',
  '',
  'a: ',
  'b: ',
  '__proto__: ',
  'constructor: ',
  'toString: ',
  'then: ',
  'toJSON: ',
);

function fieldOf({ name, args, type }: Field, depth: number): fc.Arbitrary<string> {
  const given = args.map((arg) => literalOf(arg.type, name).map((value) => `${arg.name}: ${value}`));
  const inner = getNamedType(type);
  const selection = isObjectType(inner) ? selectionOf(inner, depth - 1) : fc.constant('');
  return fc.record({ alias: aliases, decoration: decorations, given: fc.tuple(...given), selection }).map((all) => {
    const list = all.given.length === 0 ? '' : `(${all.given.join(', ')})`;
    return `${all.alias}${name}${list} ${all.decoration} ${all.selection}`;
  });
}

/** Fields of a type, fragments on it, and now and then what does not exist. */
function selectionOf(type: GraphQLObjectType, depth: number): fc.Arbitrary<string> {
  const fields = Object.values(type.getFields()).filter(
    (field) => depth > 0 || !isObjectType(getNamedType(field.type)),
  );
  const some = fields.map((field) => ({
    weight: 12,
    arbitrary: fc.constant(field).chain((one) => fieldOf(one, depth)),
  }));
  const others = fc.constantFrom(
    '__typename',
    '__typename',
    'nothing',
    '...F',
    `... on ${type.name} { __typename }`,
    '{',
  );
  return fc
    .array(fc.oneof(...some, { weight: 1, arbitrary: others }), { minLength: 1, maxLength: 3 })
    .map((all) => `{ ${all.join(' ')} }`);
}

const FRAGMENTS = [
  'fragment F on Incident { id title }',
  'fragment F on IncidentGroup { ...F }',
  'fragment F on Query { incident(organizationId: "3071", id: "1024") { id } }',
];
const HEADS = [
  'query ($yes: Boolean = true, $id: ID)',
  'query ($input: UpdateIncidentInput!)',
  'subscription',
  'mutation',
];
const MUTATION_HEADS = ['mutation ($yes: Boolean = true)', 'subscription', 'query', ''];

/** Mostly the first of these. */
const mostly = (usual: readonly string[], others: readonly string[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const ENTITIES = [
  '{ _service { sdl } }',
  '{ __schema { types { name fields { name args { name } } } } }',
  '{ _entities(representations: [{ __typename: "Incident", organizationId: "3071", id: "1024" }]) { __typename } }',
  `query ($r: [_Any!]!) { _entities(representations: $r) { ... on IncidentGroup { title } } }`,
];

/** Documents of the schema's grammar, more or less valid. */
const grammatical: fc.Arbitrary<string> = fc
  .oneof(
    fc.tuple(mostly(['', 'query', 'query Q'], HEADS), selectionOf(query, 2)),
    fc.tuple(mostly(['mutation', 'mutation M'], MUTATION_HEADS), selectionOf(mutation, 2)),
    fc.tuple(fc.constant(''), fc.constantFrom(...ENTITIES)),
  )
  .chain(([head, selection]) => mostly([''], FRAGMENTS).map((fragment) => `${head} ${selection} ${fragment}`));

const TOKENS = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '"',
  '"""',
  '$',
  '!',
  ':',
  '@',
  '...',
  '#',
  ',',
  '\ufeff',
  '\0',
  '|',
  '&',
  '{{{',
];

/** The same with words taken out, doubled, exchanged or thrown in. */
const mutated: fc.Arbitrary<string> = fc
  .record({
    document: grammatical,
    edits: fc.array(
      fc.tuple(fc.nat(), fc.constantFrom('drop', 'double', 'insert', 'swap'), fc.constantFrom(...TOKENS)),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  })
  .map(({ document, edits }) => {
    const words = document.split(/(\W)/);
    for (const [place, edit, token] of edits) {
      const at = place % words.length;
      const word = words[at] ?? '';
      if (edit === 'drop') words.splice(at, 1);
      else if (edit === 'double') words.splice(at, 0, word);
      else if (edit === 'insert') words.splice(at, 0, token);
      else words.push(...words.splice(at, 1));
    }
    return words.join('');
  });

/** Nested or repeated until a limit is met. */
const large: fc.Arbitrary<string> = fc
  .record({
    part: fc.constantFrom(
      '{a',
      '[',
      '{ incident(organizationId: "1", id: "1") ',
      '"""',
      '(',
      '...',
      '#',
      'a:b ',
      '{ ...F ',
    ),
    times: fc.constantFrom(100, 1000, 20_000),
  })
  .map(({ part, times }) => part.repeat(times));

export const anyDocument: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: grammatical },
  { weight: 6, arbitrary: mutated },
  { weight: 2, arbitrary: anyText },
  { weight: 1, arbitrary: large },
);
