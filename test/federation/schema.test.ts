import {
  graphql,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  print,
  visit,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Resolvers } from '../../src/generated/resolver-types.ts';
import { resolvers } from '../../src/operations/index.ts';
import { readSchemaFiles } from '../../src/schema-files.ts';
import { createSchema } from '../../src/server/schema.ts';
import { contractSdl } from '../support/contract-sdl.ts';
import { shapeOf } from '../support/sdl-shape.ts';
import { startWorld, type World } from '../support/world.ts';

const build = (given: Resolvers): GraphQLSchema =>
  createSchema({
    sdl: readSchemaFiles(),
    resolvers: given,
    maxRepresentations: 1000,
    recordWrite: () => Promise.resolve(),
  });

/** What federation itself adds to a subgraph. */
const FEDERATION_TYPES = /^(?:_Any|_Entity|_Service|link__.*|federation__.*)$/;
const FEDERATION_LINES =
  /^(?:directive @(?!contact\b)|(?:type|enum|scalar) (?:_|link__|federation__)|union _Entity|type Query: _(?:entities|service)\b)/;
const FEDERATION_FIELDS = new Set(['Query._entities', 'Query._service']);

describe('the served schema', () => {
  let world: World;
  let sdl: string;
  beforeAll(async () => {
    world = await startWorld();
    const { data } = await world.send('{ _service { sdl } }');
    ({ sdl } = (data as { _service: { sdl: string } })._service);
  });
  afterAll(() => world.close());

  it('has the names, types, nullability and keys of the contract, and nothing besides', () => {
    const contract = shapeOf(contractSdl);

    expect(contract).toContain('type Incident @key(fields: "organizationId id")');
    expect(contract).toContain('type IncidentGroup: serviceAssetFindings: [ServiceAssetFinding]');
    expect(shapeOf(sdl).filter((line) => !FEDERATION_LINES.test(line))).toEqual(contract);
  });

  it('is the files of schema/ word for word, followed by nothing but what federation defines', () => {
    const files = print(parse(readSchemaFiles()));
    const served = print(parse(sdl));

    expect(served.slice(0, files.length)).toBe(files);
    expect(shapeOf(served.slice(files.length)).filter((line) => !FEDERATION_LINES.test(line))).toEqual(['type Query']);
  });

  it('asks a router for nothing beyond the first version of federation 2', () => {
    expect(shapeOf(sdl).filter((line) => line.startsWith('schema @link'))).toEqual([
      'schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])',
    ]);
    const applied = new Set<string>();
    visit(parse(sdl), { Directive: ({ name }) => void applied.add(name.value) });
    // The third is no business of federation: defined here, and dropped when composed.
    expect([...applied].toSorted()).toEqual(['contact', 'key', 'link']);
  });

  it('names who answers for it', () => {
    expect(shapeOf(sdl).filter((line) => line.startsWith('schema @contact'))).toEqual([
      expect.stringMatching(/^schema @contact\(name: "incident-subgraph", description: "[^"]+"\)$/),
    ]);
  });
});

describe('the elements of the schema', () => {
  const own = Object.values(build(resolvers).getTypeMap()).filter(
    (type) => !type.name.startsWith('__') && !FEDERATION_TYPES.test(type.name) && !isSpecifiedScalarType(type),
  );

  it('each have a description', () => {
    const elements = own.flatMap(describedElements);

    expect(elements.length).toBeGreaterThan(100);
    expect(elements.filter(({ description }) => (description ?? '').trim().length < 5).map(({ name }) => name)).toEqual(
      [],
    );
  });

  it('say of every inferred read that it is inferred', () => {
    const descriptions = new Map(own.flatMap(describedElements).map(({ name, description }) => [name, description]));

    for (const name of ['Query.incident', 'Query.incidentGroup', 'Query.serviceAssetFinding']) {
      expect(descriptions.get(name)).toMatch(/inferred/);
    }
    expect(descriptions.get('Query.serviceAssetFindingsByEvent')).toMatch(/documented/);
  });

  it('have no default value in any input', () => {
    const fields = own.filter(isInputObjectType).flatMap((type) => Object.values(type.getFields()));

    expect(fields).not.toHaveLength(0);
    expect(fields.filter(({ defaultValue }) => defaultValue !== undefined)).toEqual([]);
  });
});

interface Element {
  readonly name: string;
  readonly description: string | null | undefined;
}

/** A type with its fields, arguments, input fields and enum values. */
function describedElements(type: GraphQLNamedType): readonly Element[] {
  const { name, description } = type;
  const own: Element[] = [{ name, description }];
  if (isEnumType(type)) {
    for (const value of type.getValues()) own.push({ name: `${name}.${value.name}`, description: value.description });
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      own.push({ name: `${name}.${field.name}`, description: field.description });
    }
  }
  if (isObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      const path = `${name}.${field.name}`;
      if (FEDERATION_FIELDS.has(path)) continue;
      own.push({ name: path, description: field.description });
      for (const arg of field.args) own.push({ name: `${path}(${arg.name})`, description: arg.description });
    }
  }
  return own;
}

describe('createSchema', () => {
  it('accepts the resolvers of the service', () => {
    expect(build(resolvers).getType('Incident')).toBeDefined();
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a type that is not there', { Incidents: { title: () => 'x' } }, /Incidents/],
    [
      'a type with only a reference resolver that is not there',
      { Incidents: { __resolveReference: () => null } },
      /Incidents/,
    ],
    ['a query field that is not there', { Query: { incidents: () => null } }, /incidents/],
    ['a mutation field that is not there', { Mutation: { updateIncidnt: () => null } }, /updateIncidnt/],
    ['a field of an entity that is not there', { IncidentGroup: { findings: () => null } }, /findings/],
    ['an enum value that is not there', { IncidentStatus: { OPEN: 'open' } }, /OPEN/],
  ])('refuses a resolver for %s', (_case, stray, message) => {
    expect(() => build({ ...resolvers, ...stray })).toThrow(message);
  });

  it('keeps a reference resolver beside the field resolvers of its type', async () => {
    const schema = build({
      ...resolvers,
      IncidentGroup: {
        ...resolvers.IncidentGroup,
        __resolveReference: ({ id }) => ({ __typename: 'IncidentGroup', id }),
        user: ({ id }) => ({ id: `user of ${id}` }),
      },
    });
    const representations = '[{ __typename: "IncidentGroup", id: "7" }]';
    const source = `{ _entities(representations: ${representations}) { ... on IncidentGroup { id user { id } } } }`;

    const { data, errors } = await graphql({ schema, source, contextValue: {} });

    expect(errors).toBeUndefined();
    expect(data).toEqual({ _entities: [{ id: '7', user: { id: 'user of 7' } }] });
  });
});
