import { parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { directorySubgraph, readDirectorySdl } from '../../examples/supergraph/subgraphs.ts';
import { describeChanges, schemaChanges } from '../../federation/schema-changes.ts';
import { printedSdl } from '../../federation/served-sdl.ts';
import { classesOfEdit, editedSdl } from '../support/edited-sdl.ts';

const GROUP_KEY = 'type IncidentGroup @key(fields: "id")';
const DOSSIER_KEY = '@key(fields: "organizationId id")';
const USER_KEY = 'type SiemUser @key(fields: "id", resolvable: false)';
const COUNT = 'incidentsCount: Int';
const TRACE = 'traceId: ID\n';

describe('a change that clients notice', () => {
  it.each([
    ['a field removed', /\n {2}"Title of the group\."\n {2}title: String/, '', 'BREAKING', 'IncidentGroup.title'],
    ['a field of another type', COUNT, 'incidentsCount: String', 'BREAKING', 'IncidentGroup.incidentsCount'],
    ['a field made a list', COUNT, 'incidentsCount: [Int]', 'BREAKING', 'IncidentGroup.incidentsCount'],
    [
      'a field that may be null now',
      'number of the incident, as decimal digits. Unique together with `organizationId`."\n  id: ID!',
      'number of the incident, as decimal digits. Unique together with `organizationId`."\n  id: ID',
      'BREAKING',
      'Incident.id',
    ],
    ['a field that is never null now', COUNT, 'incidentsCount: Int!', 'NON_BREAKING', 'IncidentGroup.incidentsCount'],
    ['a field added', COUNT, `${COUNT}\n  owner: String`, 'NON_BREAKING', 'IncidentGroup.owner'],
    [
      'a field deprecated',
      COUNT,
      `${COUNT} @deprecated(reason: "x")`,
      'NON_BREAKING',
      'IncidentGroup.incidentsCount.@deprecated',
    ],
    ['an optional input field added', TRACE, `${TRACE}  owner: ID\n`, 'NON_BREAKING', 'UpdateIncidentGroupInput.owner'],
    [
      'an input field with a default',
      TRACE,
      `${TRACE}  owner: ID = "1"\n`,
      'DANGEROUS',
      'UpdateIncidentGroupInput.owner',
    ],
    ['a required input field added', TRACE, `${TRACE}  owner: ID!\n`, 'BREAKING', 'UpdateIncidentGroupInput.owner'],
    [
      'an input field removed',
      /\n {2}"""\n {2}Trace id[^"]*"""\n {2}traceId: ID/,
      '',
      'BREAKING',
      'UpdateIncidentGroupInput.traceId',
    ],
    [
      'an input field that must be given now',
      'subjectType: String',
      'subjectType: String!',
      'BREAKING',
      'UpdateIncidentInput.subjectType',
    ],
    [
      'an argument that need not be given now',
      'input: UpdateIncidentInput!',
      'input: UpdateIncidentInput',
      'NON_BREAKING',
      'Mutation.updateIncident.input',
    ],
    ['an argument removed', /eventId: ID!/, 'event: ID', 'BREAKING', 'Query.serviceAssetFindingsByEvent.eventId'],
    [
      'an optional argument added',
      'eventId: ID!',
      'eventId: ID!\n    first: Int',
      'DANGEROUS',
      'Query.serviceAssetFindingsByEvent.first',
    ],
    [
      'a required argument added',
      'eventId: ID!',
      'eventId: ID!\n    first: Int!',
      'BREAKING',
      'Query.serviceAssetFindingsByEvent.first',
    ],
    ['an enum value added', '  CLOSED\n', '  CLOSED\n  REOPENED\n', 'DANGEROUS', 'IncidentStatus.REOPENED'],
    ['an enum value removed', /\n {2}"`closed`"\n {2}CLOSED/, '', 'BREAKING', 'IncidentStatus.CLOSED'],
    ['a type renamed', /\bUpdateIncidentPayload\b/g, 'IncidentPayload', 'BREAKING', 'UpdateIncidentPayload'],
    ['a description changed', '"Title of the group."', '"Its name."', 'NON_BREAKING', 'IncidentGroup.title'],
  ])('%s', async (_what, from, to, level, path) => {
    expect(await classesOfEdit([from, to])).toContain(`${level} clients: ${path}`);
  });
});

describe('a change that supergraphs notice', () => {
  it.each([
    ['a key removed', DOSSIER_KEY, '', ['BREAKING composition: Incident @key(fields: "id organizationId")']],
    [
      'a key changed',
      DOSSIER_KEY,
      '@key(fields: "id")',
      ['BREAKING composition: Incident @key(fields: "id organizationId")'],
    ],
    ['a key written in another order', DOSSIER_KEY, '@key(fields: "id organizationId")', []],
    [
      'a key added',
      GROUP_KEY,
      `${GROUP_KEY} @key(fields: "title")`,
      ['NON_BREAKING composition: IncidentGroup @key(fields: "title")'],
    ],
    [
      'a key no longer resolvable',
      GROUP_KEY,
      'type IncidentGroup @key(fields: "id", resolvable: false)',
      ['BREAKING composition: IncidentGroup @key(fields: "id")', 'BREAKING composition: incidents + directory'],
    ],
    [
      'a key that became resolvable',
      USER_KEY,
      'type SiemUser @key(fields: "id")',
      ['DANGEROUS composition: SiemUser @key(fields: "id")'],
    ],
    ['a newer version of federation', 'federation/v2.0', 'federation/v2.3', ['DANGEROUS composition: @link']],
    [
      'no version of federation',
      /@link\(url: "https:[^)]*\)/,
      '',
      ['BREAKING composition: @link', 'BREAKING composition: incidents + directory'],
    ],
    ['another contact', 'name: "incident-subgraph"', 'name: "somebody else"', ['NON_BREAKING composition: @contact']],
    ['a field that others may resolve too', 'v2.0", import: ["@key"])', 'v2.0", import: ["@key", "@shareable"])', []],
    [
      'a field marked for others to resolve too',
      COUNT,
      `${COUNT} @federation__shareable`,
      ['DANGEROUS composition: IncidentGroup.incidentsCount.@federation__shareable'],
    ],
    [
      'a field the neighbour has already',
      COUNT,
      `${COUNT}\n  runbook: String`,
      ['BREAKING composition: incidents + directory', 'NON_BREAKING clients: IncidentGroup.runbook'],
    ],
  ])('%s', async (_what, from, to, expected) => {
    // Composers may give several reasons for one fault.
    expect([...new Set(await classesOfEdit([from, to]))]).toEqual(expected);
  });
});

it('reads nested keys in any layout', async () => {
  const before = await editedSdl([DOSSIER_KEY, '@key(fields: "organizationId incidentGroup { title id }")']);
  const after = await editedSdl([DOSSIER_KEY, '@key(fields: "incidentGroup{id,title} organizationId")']);

  expect(await schemaChanges({ before, after, neighbours: [] })).toEqual([]);
});

it('finds no change in another layout and order', async () => {
  const before = await printedSdl();
  const { definitions, ...document } = parse(before);
  const after = print({ ...document, definitions: definitions.toReversed() });

  expect(after).not.toBe(before);
  expect(await schemaChanges({ before, after, neighbours: [directorySubgraph()] })).toEqual([]);
});

it('says in one line each what changed and why that matters, the worst first', async () => {
  const after = await editedSdl([GROUP_KEY, 'type IncidentGroup']);
  const changes = await schemaChanges({ before: await printedSdl(), after, neighbours: [directorySubgraph()] });

  const [first, second, ...others] = describeChanges(changes).split('\n');
  expect(first).toBe(
    'BREAKING      composition  IncidentGroup @key(fields: "id")  The key was removed: subgraphs that refer to IncidentGroup by it no longer reach it.',
  );
  expect(second).toMatch(
    /^BREAKING {6}composition {2}incidents \+ directory {13}Non-shareable field "IncidentGroup\.id"/,
  );
  expect(others).toEqual([]);
});

it('names the fault of a neighbour that does not compose', async () => {
  const sdl = await printedSdl();
  const broken = directorySubgraph(readDirectorySdl().replace('runbook: String', 'title: String'));

  const [change, ...others] = await schemaChanges({ before: sdl, after: sdl, neighbours: [broken] });

  expect(others).toEqual([]);
  expect(change).toMatchObject({ level: 'BREAKING', affects: 'composition', path: 'incidents + directory' });
  expect(change?.message).toMatch(/IncidentGroup\.title/);
});
