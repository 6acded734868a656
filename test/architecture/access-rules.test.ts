import { isObjectType, isUnionType, type GraphQLObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { accessRules } from '../../src/access/rules.ts';
import { resolvers } from '../../src/operations/index.ts';
import { readSchemaFiles } from '../../src/schema-files.ts';
import { createSchema } from '../../src/server/schema.ts';
import { guardResolvers } from '../../src/server/guard-resolvers.ts';
import { readProjectFile } from '../support/source-imports.ts';

const schema = createSchema({
  sdl: readSchemaFiles(),
  resolvers,
  maxRepresentations: 1,
  recordWrite: () => Promise.resolve(),
});
/** Fields that federation adds: the SDL needs no scope, and entities have rules of their own. */
const FEDERATION = ['_service', '_entities'];

function rootFields(root: GraphQLObjectType | null | undefined): readonly string[] {
  return Object.keys(root?.getFields() ?? {})
    .filter((name) => !FEDERATION.includes(name))
    .sort();
}

/** Entities that are read by key; others are answered as the reference itself. */
function entities(): readonly string[] {
  const union = schema.getType('_Entity');
  if (!isUnionType(union)) throw new Error('the schema has no entities');
  return union
    .getTypes()
    .map(({ name }) => name)
    .filter((name) => '__resolveReference' in (Object.entries(resolvers).find(([type]) => type === name)?.[1] ?? {}));
}

describe('who may call', () => {
  it('is said of every root field of the schema', () => {
    expect(Object.keys(accessRules['Query'] ?? {}).sort()).toEqual(rootFields(schema.getQueryType()));
    expect(Object.keys(accessRules['Mutation'] ?? {}).sort()).toEqual(rootFields(schema.getMutationType()));
  });

  it('is said of every entity that is read by its key', () => {
    const ruled = Object.keys(accessRules).filter((type) => '__resolveReference' in (accessRules[type] ?? {}));
    expect(ruled.sort()).toEqual([...entities()].sort());
    expect(ruled.length).toBeGreaterThan(2);
  });

  it('is said of nothing that is not there', () => {
    const missing = Object.entries(accessRules).flatMap(([type, rules]) => {
      const found = schema.getType(type);
      const fields = isObjectType(found) ? Object.keys(found.getFields()) : [];
      return Object.keys(rules).filter((field) => field !== '__resolveReference' && !fields.includes(field));
    });
    expect(missing).toEqual([]);
  });

  it('asks every root field and every entity for a scope', () => {
    const open = Object.entries(accessRules).flatMap(([type, rules]) =>
      Object.entries(rules).filter(
        ([field, rule]) => rule === 'with-parent' && (['Query', 'Mutation'].includes(type) || field.startsWith('__')),
      ),
    );
    expect(open).toEqual([]);
  });

  it('asks for the organization wherever one is named', () => {
    const sdl = readProjectFile('schema/incident.graphql');
    expect(sdl.match(/organizationId: ID!/g)).toHaveLength(3);
    const asking = Object.entries(accessRules).flatMap(([type, rules]) =>
      Object.entries(rules).flatMap(([field, rule]) =>
        rule !== 'with-parent' && rule.organization !== undefined ? [`${type}.${field}`] : [],
      ),
    );
    expect(asking).toEqual(['Query.incident', 'Mutation.updateIncident', 'Incident.__resolveReference']);
  });
});

describe('a resolver without a rule', () => {
  const read = () => null;

  it.each([
    ['root field', { Query: { ...accessRules['Query'], incident: undefined } }],
    ['entity', { Incident: { incidentGroup: accessRules['Incident']?.['incidentGroup'] } }],
    ['link', { IncidentGroup: { __resolveReference: accessRules['IncidentGroup']?.['__resolveReference'] } }],
  ])('stops the start when it is a %s', (_what, changed) => {
    const rules = { ...accessRules, ...(changed as typeof accessRules) };
    expect(() => guardResolvers(resolvers, rules)).toThrow('has no access rule');
  });

  it('stops the start also under a name that every object has', () => {
    const named = { ...resolvers, Query: { ...resolvers.Query, toString: read } };
    expect(() => guardResolvers(named)).toThrow('Query.toString has no access rule');
  });

  it('stops the start when it is of a kind that cannot be guarded', () => {
    const wrapped = { ...resolvers, Query: { ...resolvers.Query, incident: { resolve: read } } };
    expect(() => guardResolvers(wrapped)).toThrow('Query.incident is no function');
  });
});

it('README says of each field and entity what it needs', () => {
  const [, table = ''] = /<!-- table: access -->\s+((?:\|.*\n)+)/.exec(readProjectFile('README.md')) ?? [];
  const rows = table
    .split('\n')
    .slice(2)
    .flatMap((row) => {
      const [, names = '', scope = ''] = row.split('|');
      return [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => `${name ?? ''} ${/`([^`]+)`/.exec(scope)?.[1] ?? ''}`);
    });
  const ruled = Object.entries(accessRules).flatMap(([type, rules]) =>
    Object.entries(rules).flatMap(([field, rule]) => {
      if (rule === 'with-parent') return [];
      const name = field === '__resolveReference' ? `_entities: ${type}` : field;
      return [`${['Query', 'Mutation'].includes(type) || name !== field ? name : `${type}.${field}`} ${rule.scope}`];
    }),
  );
  expect([...rows].sort()).toEqual([...ruled].sort());
});
