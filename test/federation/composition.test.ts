import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directorySubgraph, readDirectorySdl } from '../../examples/supergraph/subgraphs.ts';
import { compose, CompositionError } from '../../federation/compose.ts';
import { readSchemaFiles } from '../../src/schema-files.ts';
import { contractSdl } from '../support/contract-sdl.ts';
import { shapeOf } from '../support/sdl-shape.ts';
import { startWorld, type World } from '../support/world.ts';

const directorySdl = readDirectorySdl();

let world: World;
let sdl: string;
beforeAll(async () => {
  world = await startWorld();
  const { data } = await world.send('{ _service { sdl } }');
  ({ sdl } = (data as { _service: { sdl: string } })._service);
});
afterAll(() => world.close());

/** This service, as it is served. */
const own = (typeDefs = sdl) => ({ name: 'incidents', url: 'http://incidents.example/graphql', sdl: typeDefs });

/** Why this service and the given neighbour do not compose. */
function reasonsAgainst(neighbour: string): readonly string[] {
  try {
    compose([own(), directorySubgraph(neighbour)]);
    return [];
  } catch (error) {
    if (error instanceof CompositionError) return error.reasons;
    throw error;
  }
}

/** What a client sees of an SDL. */
const withoutFederation = (text: string) => shapeOf(text).filter((line) => !/^(?:schema|directive) |@key\(/.test(line));

describe('composition', () => {
  it('succeeds for this service alone, and shows clients the contract without its keys', () => {
    expect(shapeOf(compose([own()]).publicSdl)).toEqual(withoutFederation(contractSdl));
  });

  it('gives the same supergraph from the files of schema/ as from the service', () => {
    expect(compose([own()]).supergraphSdl).toBe(compose([own(readSchemaFiles())]).supergraphSdl);
  });

  it('succeeds with a staff directory that names users and teams and adds a field to groups of incidents', () => {
    const schema = buildSchema(compose([own(), directorySubgraph()]).publicSdl);

    const fieldsOf = (name: string) => {
      const type = schema.getType(name);
      return type !== undefined && 'getFields' in type ? Object.keys(type.getFields()).toSorted() : undefined;
    };
    expect(fieldsOf('SiemUser')).toEqual(['displayName', 'id']);
    expect(fieldsOf('SiemUserGroup')).toEqual(['id', 'name']);
    expect(fieldsOf('IncidentGroup')).toEqual(
      [
        'id',
        'title',
        'description',
        'createdAt',
        'updatedAt',
        'incidentsCount',
        'user',
        'group',
        'serviceAssetFindings',
        'runbook',
      ].toSorted(),
    );
    expect(fieldsOf('Query')).toContain('watchedGroups');
  });

  it('keeps the name User free for somebody else', () => {
    expect(reasonsAgainst(`${directorySdl} type User @key(fields: "id") { id: ID! email: String }`)).toEqual([]);
  });

  it('does not mind a neighbour that defines and applies a contact of its own shape', () => {
    const withContact = `${directorySdl}
      extend schema @contact(team: "staff")
      directive @contact(team: String!) on SCHEMA`;

    expect(reasonsAgainst(withContact)).toEqual([]);
  });

  it.each([
    ['claims a field of this service', ['runbook: String', 'title: String'], /title/],
    [
      'gives a shared field another type',
      ['runbook: String', 'runbook: String incidentsCount: String'],
      /incidentsCount/,
    ],
    [
      'keys the groups by something this service does not have',
      [/type IncidentGroup @key\(fields: "id"\) \{[^}]*id: ID!/, 'type IncidentGroup @key(fields: "code") { code: ID!'],
      /code|runbook/,
    ],
    [
      'owns no user that could be resolved',
      ['type SiemUser @key(fields: "id")', 'type SiemUser @key(fields: "id", resolvable: false)'],
      /SiemUser/,
    ],
    ['writes a mutation of this service', [/$/, 'type Mutation { updateIncident(id: ID!): String }'], /updateIncident/],
    ['is no GraphQL', ['extend schema', 'extend schemo'], /^\[directory\] Syntax Error: Unexpected Name "schemo"/],
  ] as const)('fails with a reason in one line each when the neighbour %s', (_case, [from, to], message) => {
    const broken = directorySdl.replace(from, to);
    expect(broken).not.toBe(directorySdl);

    const reasons = reasonsAgainst(broken);

    expect(reasons.join('\n')).toMatch(message);
    expect(reasons.filter((reason) => reason.includes('\n') || reason === '')).toEqual([]);
  });
});
