import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { ALL_SCOPES, startTokenWorld, type TokenWorld } from '../support/token-world.ts';

const { hospitalOrganization: hospital, waterOrganization: water, ransomwareDossier, remoteAccessDossier } = seedIds;
const READ = `{ incident(organizationId: ${hospital}, id: ${ransomwareDossier}) { id } }`;
const NOTHING = { aegister: [], radar: [] };

let world: TokenWorld;
beforeAll(async () => {
  world = await startTokenWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const as = (organizations: unknown) => ({ scope: ALL_SCOPES, organizations });
const update = (organizationId: unknown, id: unknown = ransomwareDossier) =>
  `mutation { updateIncident(input: { organizationId: ${JSON.stringify(organizationId)}, id: ${JSON.stringify(id)}, title: "New" }) { incident { title } } }`;

const denial = (path: readonly (string | number)[], outcome?: 'NOT_APPLIED') => ({
  message: `Your token does not allow this${outcome === undefined ? '.' : '; nothing was changed.'} It does not name this organization.`,
  locations: [expect.anything() as unknown],
  path,
  extensions: {
    code: 'FORBIDDEN',
    retryable: false,
    ...(outcome !== undefined && { outcome }),
    correlationId: expect.any(String) as string,
  },
});

describe('an organization', () => {
  it.each<readonly [what: string, organizations: unknown]>([
    ['as text', [String(hospital)]],
    ['as number', [hospital]],
    ['among others', ['1', hospital, '4711']],
  ])('that the token names %s is allowed, reading and writing', async (_what, organizations) => {
    expect((await world.sendAs(as(organizations), READ)).errors).toBeUndefined();
    expect((await world.sendAs(as(organizations), update(hospital))).errors).toBeUndefined();
  });

  it.each<readonly [what: string, organizations: unknown]>([
    ['no claim at all', undefined],
    ['an empty list', []],
    ['null', null],
    ['another one', [water]],
    ['the id as a text that is no list', String(hospital)],
    ['the id as a number that is no list', hospital],
    ['a star', ['*']],
    ['a star that is no list', '*'],
    ['true', true],
    ['an object with the id as key', { [hospital]: true }],
    ['a list in a list', [[hospital]]],
    ['the id beside an object', [hospital, {}]],
    ['the id beside null', [hospital, null]],
    ['the id beside a fraction', [hospital, 1.5]],
    ['the id with a leading zero', [`0${hospital}`]],
    ['the id with a space', [` ${hospital}`]],
    ['the beginning of the id', [String(hospital).slice(0, -1)]],
    ['several ids in one text', [`${hospital},${water}`]],
  ])('is FORBIDDEN with %s in the token, and nothing is sent', async (_what, organizations) => {
    const read = await world.sendAs(as(organizations), READ);
    expect([read.status, read.data, read.errors]).toEqual([200, { incident: null }, [denial(['incident'])]]);
    const written = await world.sendAs(as(organizations), update(hospital));
    expect([written.data, written.errors]).toEqual([
      { updateIncident: null },
      [denial(['updateIncident'], 'NOT_APPLIED')],
    ]);
    expect(world.calls()).toEqual(NOTHING);
  });

  it.each([`0${hospital}`, ` ${hospital}`, `${hospital}/../${water}`, '', '*'])(
    'of the form %j is no way around: FORBIDDEN before it is looked at',
    async (organizationId) => {
      const { errors } = await world.sendAs(as([hospital]), update(organizationId));
      expect(errors).toEqual([denial(['updateIncident'], 'NOT_APPLIED')]);
      expect(world.calls()).toEqual(NOTHING);
    },
  );

  it('in a variable is judged like one in the document', async () => {
    const query = 'mutation ($input: UpdateIncidentInput!) { updateIncident(input: $input) { incident { title } } }';
    const input = { organizationId: water, id: remoteAccessDossier, title: 'New' };
    const { errors } = await world.sendAs(as([hospital]), query, { input });
    expect(errors).toEqual([denial(['updateIncident'], 'NOT_APPLIED')]);
  });

  it('that is not allowed looks the same whether the incident exists or not', async () => {
    const answers = await Promise.all(
      [remoteAccessDossier, 999_999].map((id) =>
        world.sendAs(as([hospital]), `{ incident(organizationId: ${water}, id: ${id}) { id } }`),
      ),
    );
    expect(answers.map(({ data, errors }) => [data, errors])).toEqual(
      Array(2).fill([{ incident: null }, [denial(['incident'])]]),
    );
  });

  it('does not matter for groups of Radar, which have none', async () => {
    const { errors } = await world.sendAs(as([]), `{ incidentGroup(id: "${seedIds.ransomwareGroup}") { id } }`);
    expect(errors).toBeUndefined();
  });
});

describe('_entities', () => {
  const QUERY = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Incident { organizationId id } } }';
  const reference = (organizationId: unknown, id: number) => ({ __typename: 'Incident', organizationId, id });

  it('judges each representation in its own place', async () => {
    const r = [
      reference(hospital, ransomwareDossier),
      reference(water, remoteAccessDossier),
      reference(String(hospital), ransomwareDossier),
      reference([String(hospital)], ransomwareDossier),
      { __typename: 'Incident', id: ransomwareDossier },
    ];
    const { data, errors } = await world.sendAs(as([hospital]), QUERY, { r });
    const mine = { organizationId: String(hospital), id: String(ransomwareDossier) };
    expect(data).toEqual({ _entities: [mine, null, mine, null, null] });
    expect(errors).toEqual([1, 3, 4].map((index) => denial(['_entities', index])));
    expect(world.calls()).toEqual({
      aegister: [`GET /api/v1/V-Ciso/incidents/${hospital}/${ransomwareDossier}`],
      radar: [],
    });
  });

  it('never takes the organization from the prototype of a representation', async () => {
    const r = [JSON.parse(`{"__typename":"Incident","id":1,"__proto__":{"organizationId":${hospital}}}`) as object];
    const { errors } = await world.sendAs(as([hospital]), QUERY, { r });
    expect(errors).toEqual([denial(['_entities', 0])]);
  });
});

describe('two callers at once on the same records', () => {
  const QUERY = `{
    mine: incident(organizationId: ${hospital}, id: ${ransomwareDossier}) { title }
    theirs: incident(organizationId: ${water}, id: ${remoteAccessDossier}) { title }
  }`;

  it('each get what their own token allows, by reads of their own', async () => {
    const held = fault.hold();
    world.aegister.faults.always(held);
    const tokens = await Promise.all([world.sign(as([hospital])), world.sign(as([water])), world.sign(as([hospital]))]);
    const answers = Promise.all(tokens.map((token) => world.sendWith(token, QUERY)));
    await world.aegister.whenRequested(3);
    held.release();

    const [first, second, third] = await answers;
    const titles = { mine: { title: expect.any(String) as string }, theirs: { title: expect.any(String) as string } };
    expect([first?.data, second?.data, third?.data]).toEqual([
      { ...titles, theirs: null },
      { ...titles, mine: null },
      { ...titles, theirs: null },
    ]);
    const path = (organization: number, id: number) => `GET /api/v1/V-Ciso/incidents/${organization}/${id}`;
    expect([...world.calls().aegister].sort()).toEqual([
      path(hospital, ransomwareDossier),
      path(hospital, ransomwareDossier),
      path(water, remoteAccessDossier),
    ]);
  });

  it('are not taken for one another once their tokens are known', async () => {
    const tokens = await Promise.all([world.sign(as([hospital])), world.sign(as([water]))]);
    for (let round = 0; round < 3; round += 1) {
      const [first, second] = await Promise.all(tokens.map((token) => world.sendWith(token, QUERY)));
      expect([first?.errors, second?.errors]).toEqual([[denial(['theirs'])], [denial(['mine'])]]);
    }
  });
});

describe('JWT_ORGANIZATIONS_CLAIM', () => {
  it('names the claim, which may be an address, and no other counts', async () => {
    const claim = 'https://login.example/organizations';
    const other = await startTokenWorld({ JWT_ORGANIZATIONS_CLAIM: claim });
    expect((await other.sendAs({ scope: ALL_SCOPES, [claim]: [hospital] }, READ)).errors).toBeUndefined();
    expect((await other.sendAs(as([hospital]), READ)).errors).toEqual([denial(['incident'])]);
    await other.close();
  });
});
