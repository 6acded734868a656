import { composeServices } from '@theguild/federation-composition';
import { buildSchema, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSchemaFiles } from '../../src/schema-files.ts';
import { contractSdl } from '../support/contract-sdl.ts';
import { neighbourSdl } from '../support/neighbour-sdl.ts';
import { shapeOf } from '../support/sdl-shape.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let sdl: string;
beforeAll(async () => {
  world = await startWorld();
  const { data } = await world.send('{ _service { sdl } }');
  ({ sdl } = (data as { _service: { sdl: string } })._service);
});
afterAll(() => world.close());

/** Composes this service, as it is served, with the given neighbour. */
function compose(neighbour?: string) {
  const own = { name: 'incidents', typeDefs: parse(sdl), url: 'http://incidents.example/graphql' };
  if (neighbour === undefined) return composeServices([own]);
  return composeServices([
    own,
    { name: 'directory', typeDefs: parse(neighbour), url: 'http://directory.example/graphql' },
  ]);
}

const withoutFederation = (text: string) =>
  shapeOf(text.replaceAll(/@(?:key|link)\([^)]*\)/g, '').replace('extend schema', ''));

describe('composition', () => {
  it('succeeds for this service alone, and shows clients the contract without its keys', () => {
    const { errors, publicSdl } = compose();

    expect(errors).toBeUndefined();
    expect(shapeOf(publicSdl ?? '')).toEqual(withoutFederation(contractSdl));
  });

  it('gives the same supergraph from the files of schema/ as from the service', () => {
    const fromFiles = composeServices([
      { name: 'incidents', typeDefs: parse(readSchemaFiles()), url: 'http://incidents.example/graphql' },
    ]);

    expect(fromFiles.errors).toBeUndefined();
    expect(compose().supergraphSdl).toBe(fromFiles.supergraphSdl);
  });

  it('succeeds with a neighbour that owns users and teams and adds a field to groups of incidents', () => {
    const { errors, publicSdl } = compose(neighbourSdl);

    expect(errors).toBeUndefined();
    const schema = buildSchema(publicSdl ?? '');
    const fieldsOf = (name: string) => {
      const type = schema.getType(name);
      return type !== undefined && 'getFields' in type ? Object.keys(type.getFields()).toSorted() : undefined;
    };
    expect(fieldsOf('SiemUser')).toEqual(['id', 'name', 'team']);
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
  });

  it('keeps the name User free for somebody else', () => {
    const withOwnUser = `${neighbourSdl} type User @key(fields: "id") { id: ID! email: String }`;

    expect(compose(withOwnUser).errors).toBeUndefined();
  });

  it.each([
    ['claims a field of this service', neighbourSdl.replace('runbook: String', 'title: String'), /title/],
    [
      'gives a shared field another type',
      neighbourSdl.replace('runbook: String', 'runbook: String incidentsCount: String'),
      /incidentsCount/,
    ],
    [
      'keys the groups by something this service does not have',
      neighbourSdl.replace(
        'type IncidentGroup @key(fields: "id") {\n    id: ID!',
        'type IncidentGroup @key(fields: "code") {\n    code: ID!',
      ),
      /code|runbook/,
    ],
    [
      'owns no user that could be resolved',
      neighbourSdl.replace('type SiemUser @key(fields: "id")', 'type SiemUser @key(fields: "id", resolvable: false)'),
      /SiemUser/,
    ],
    [
      'writes a mutation of this service',
      `${neighbourSdl} type Mutation { updateIncident(id: ID!): String }`,
      /updateIncident/,
    ],
  ])('fails with an error when the neighbour %s', (_case, broken, message) => {
    expect(broken).not.toBe(neighbourSdl);

    const { errors, supergraphSdl } = compose(broken);

    expect(supergraphSdl).toBeUndefined();
    expect(errors?.map((error) => error.message).join('\n')).toMatch(message);
  });
});
