import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { ALL_SCOPES, startTokenWorld, type TokenWorld } from '../support/token-world.ts';

const { hospitalOrganization: organizationId, ransomwareDossier: id, ransomwareGroup, massEncryptionFinding } = seedIds;
const ORGANIZATIONS = { organizations: [organizationId] };
const NOTHING = { aegister: [], radar: [] };

let world: TokenWorld;
beforeAll(async () => {
  world = await startTokenWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const denial = (path: readonly (string | number)[], scope: string, outcome?: 'NOT_APPLIED' | 'APPLIED') => {
  const sentences = {
    NOT_APPLIED: 'Your token does not allow this; nothing was changed.',
    APPLIED: 'The change was saved, but this field could not be read. Your token does not allow this.',
  };
  return {
    message: `${outcome === undefined ? 'Your token does not allow this.' : sentences[outcome]} It lacks the scope ${scope}.`,
    locations: [expect.anything() as unknown],
    path,
    extensions: {
      code: 'FORBIDDEN',
      retryable: false,
      ...(outcome !== undefined && { outcome }),
      correlationId: expect.any(String) as string,
    },
  };
};

const entity = (typename: string, key: string) =>
  `{ _entities(representations: [{ __typename: "${typename}", ${key} }]) { __typename } }`;

/** Every field and entity that reads or writes, the scope it needs, and the one call it makes. */
const FIELDS: readonly { field: string; scope: string; query: string; write?: boolean }[] = [
  {
    field: 'incident',
    scope: 'incident:read',
    query: `{ incident(organizationId: ${organizationId}, id: ${id}) { id } }`,
  },
  {
    field: 'incidentGroup',
    scope: 'incident-group:read',
    query: `{ incidentGroup(id: "${ransomwareGroup}") { id } }`,
  },
  {
    field: 'serviceAssetFinding',
    scope: 'incident-group:read',
    query: `{ serviceAssetFinding(id: "${massEncryptionFinding}") { id } }`,
  },
  {
    field: 'serviceAssetFindingsByEvent',
    scope: 'incident-group:read',
    query: `{ serviceAssetFindingsByEvent(eventId: "${seedIds.fileServerEvent}") { id } }`,
  },
  {
    field: 'updateIncident',
    scope: 'incident:write',
    query: `mutation { updateIncident(input: { organizationId: ${organizationId}, id: ${id}, title: "New" }) { incident { title } } }`,
    write: true,
  },
  {
    field: 'updateIncidentGroup',
    scope: 'incident-group:write',
    query: `mutation { updateIncidentGroup(input: { id: "${ransomwareGroup}", title: "New" }) { incidentGroup { title } } }`,
    write: true,
  },
  {
    field: '_entities',
    scope: 'incident:read',
    query: entity('Incident', `organizationId: ${organizationId}, id: ${id}`),
  },
  {
    field: '_entities',
    scope: 'incident-group:read',
    query: entity('IncidentGroup', `id: "${ransomwareGroup}"`),
  },
  {
    field: '_entities',
    scope: 'incident-group:read',
    query: entity('ServiceAssetFinding', `id: "${massEncryptionFinding}"`),
  },
];

describe.each(FIELDS)('$field with $scope', ({ field, scope, query, write = false }) => {
  it('is carried out with that scope alone', async () => {
    const { status, errors } = await world.sendAs({ scope, ...ORGANIZATIONS }, query);
    expect([status, errors]).toEqual([200, undefined]);
    expect([...world.calls().aegister, ...world.calls().radar]).toHaveLength(1);
  });

  it('is FORBIDDEN with every other scope, and nothing is sent', async () => {
    const others = ALL_SCOPES.split(' ').filter((other) => other !== scope);
    const { status, data, errors } = await world.sendAs({ scope: others.join(' '), ...ORGANIZATIONS }, query);
    const isEntity = field === '_entities';
    expect(status).toBe(200);
    expect(data).toEqual({ [field]: isEntity ? [null] : null });
    expect(errors).toEqual([denial(isEntity ? [field, 0] : [field], scope, write ? 'NOT_APPLIED' : undefined)]);
    expect(world.calls()).toEqual(NOTHING);
  });
});

describe('a scope', () => {
  const READ = `{ incidentGroup(id: "${ransomwareGroup}") { id } }`;
  const GOOD = 'incident-group:read';

  it.each<readonly [what: string, claims: Readonly<Record<string, unknown>>]>([
    ['in a text', { scope: `openid ${GOOD} profile` }],
    ['in a list', { scope: ['openid', GOOD] }],
    ['in a text called scp', { scp: `openid ${GOOD}` }],
    ['in a list called scp', { scp: ['openid', GOOD] }],
  ])('%s counts', async (_what, claims) => {
    expect((await world.sendAs(claims, READ)).errors).toBeUndefined();
  });

  it.each<readonly [what: string, claims: Readonly<Record<string, unknown>>]>([
    ['that is longer', { scope: `${GOOD}x` }],
    ['that is shorter', { scope: GOOD.slice(0, -1) }],
    ['with something before it', { scope: `x${GOOD}` }],
    ['in other case', { scope: GOOD.toUpperCase() }],
    ['with a star', { scope: 'incident-group:* *' }],
    ['separated by a comma', { scope: `openid,${GOOD}` }],
    ['separated by a tab', { scope: `openid\t${GOOD}` }],
    ['with a space in a list', { scope: [` ${GOOD}`] }],
    ['as a key of an object', { scope: { [GOOD]: true } }],
    ['in a list inside a list', { scope: [[GOOD]] }],
    ['beside what is no text', { scope: [GOOD, 1] }],
    ['in scp, when there is an empty scope', { scope: '', scp: GOOD }],
    ['in a claim of another name', { scopes: GOOD, roles: [GOOD] }],
  ])('%s does not count', async (_what, claims) => {
    expect((await world.sendAs(claims, READ)).errors).toEqual([denial(['incidentGroup'], GOOD)]);
    expect(world.calls()).toEqual(NOTHING);
  });
});

describe('a link', () => {
  const LINKED = '{ incidentGroup { id title } title }';

  it('from an incident to its group needs the scope of groups; the incident stays', async () => {
    const query = `{ incident(organizationId: ${organizationId}, id: ${id}) ${LINKED} }`;
    const { data, errors } = await world.sendAs({ scope: 'incident:read', ...ORGANIZATIONS }, query);
    expect(data).toMatchObject({ incident: { incidentGroup: null, title: expect.any(String) as string } });
    expect(errors).toEqual([denial(['incident', 'incidentGroup'], 'incident-group:read')]);
    expect(world.calls().radar).toEqual([]);
  });

  it('is not even told by id alone', async () => {
    const query = `{ incident(organizationId: ${organizationId}, id: ${id}) { incidentGroup { id } } }`;
    const { text } = await world.sendAs({ scope: 'incident:read', ...ORGANIZATIONS }, query);
    expect(text).not.toContain(ransomwareGroup);
  });

  it('below a write that was carried out is FORBIDDEN with outcome APPLIED', async () => {
    const query = `mutation { updateIncident(input: { organizationId: ${organizationId}, id: ${id}, title: "New" }) { incident ${LINKED} } }`;
    const { data, errors } = await world.sendAs({ scope: 'incident:write', ...ORGANIZATIONS }, query);
    expect(data).toEqual({ updateIncident: { incident: { incidentGroup: null, title: 'New' } } });
    expect(errors).toEqual([denial(['updateIncident', 'incident', 'incidentGroup'], 'incident-group:read', 'APPLIED')]);
    expect(world.aegister.incident(organizationId, id)?.title).toBe('New');
    expect(world.calls().radar).toEqual([]);
  });

  it('from a group that was just written to its findings needs the scope to read groups', async () => {
    const query = `mutation { updateIncidentGroup(input: { id: "${ransomwareGroup}", title: "New" }) {
      incidentGroup { title user { id } serviceAssetFindings { id } }
    } }`;
    const { data, errors } = await world.sendAs({ scope: 'incident-group:write' }, query);
    expect(data).toMatchObject({
      updateIncidentGroup: { incidentGroup: { title: 'New', serviceAssetFindings: null } },
    });
    expect(errors).toEqual([
      denial(['updateIncidentGroup', 'incidentGroup', 'serviceAssetFindings'], 'incident-group:read', 'APPLIED'),
    ]);
  });
});

it('of several fields each is judged by itself', async () => {
  const query = `mutation {
    first: updateIncident(input: { organizationId: ${organizationId}, id: ${id}, title: "New" }) { incident { title } }
    second: updateIncidentGroup(input: { id: "${ransomwareGroup}", title: "New" }) { incidentGroup { title } }
  }`;
  const { data, errors } = await world.sendAs({ scope: 'incident:write', ...ORGANIZATIONS }, query);
  expect(data).toEqual({ first: { incident: { title: 'New' } }, second: null });
  expect(errors).toEqual([denial(['second'], 'incident-group:write', 'NOT_APPLIED')]);
  expect(world.calls().radar).toEqual([]);
});
