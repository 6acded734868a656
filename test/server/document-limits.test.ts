import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { startWorld, type GraphQLAnswer, type World } from '../support/world.ts';

const NOTHING = { aegister: [], radar: [] };
const GROUP = `incidentGroup(id: "${seedIds.phishingGroup}")`;

let world: World;
let strict: World;
beforeAll(async () => {
  world = await startWorld();
  strict = await startWorld({
    MAX_TOKENS: '60',
    MAX_DEPTH: '3',
    MAX_ALIASES: '2',
    MAX_MUTATION_FIELDS: '2',
    MAX_REPRESENTATIONS: '2',
    MAX_LIST_IDS: '2',
  });
});
beforeEach(() => {
  for (const { reset, radar, aegister } of [world, strict]) {
    reset();
    radar.putGroup({ id: seedIds.phishingGroup, title: 'Phishing', service_asset_findings: [] });
    aegister.putIncident({ organization_id: 7, id: 8, reference_code: seedIds.phishingGroup });
  }
});
afterAll(() => Promise.all([world.close(), strict.close()]));

/** The errors without their places in the document. */
function refusalsIn({ errors }: GraphQLAnswer): readonly unknown[] | undefined {
  return errors?.map(({ message, path, extensions }) => ({ message, path, extensions }));
}

function refusal(message: string, code = 'GRAPHQL_VALIDATION_FAILED') {
  return {
    message,
    path: undefined,
    extensions: { code, retryable: false, correlationId: expect.any(String) as string },
  };
}

/** Fields nested in one another, without regard to the schema. */
const nested = (depth: number) => `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`;
const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');
const update = (index: number) =>
  `u${index}: updateIncident(input: { organizationId: "7", id: "8", title: "${index}" }) { incident { id } }`;
/** Fragments each of which spreads the one before twice: 2^30 times the first. */
const doubling = (type: string) => times(30, (i) => `fragment F${i + 1} on ${type} { ...F${i} ...F${i} }`);

describe('tokens', () => {
  /** A mutation of so many tokens, 27 of them around a list of one id over and over. */
  const mutationOf = (tokens: number) => {
    const ids = `"${seedIds.inboxRuleFinding}" `.repeat(tokens - 27);
    const input = `{ id: "${seedIds.phishingGroup}", relations: { serviceAssetFindingIds: [${ids}] } }`;
    return `mutation { updateIncidentGroup(input: ${input}) { incidentGroup { id } } }`;
  };
  const tooMany = (limit: number) =>
    refusal(expect.stringContaining(`${limit} tokens`) as string, 'GRAPHQL_PARSE_FAILED');

  it('are refused beyond 5,000, with nothing sent', async () => {
    const answer = await world.send(mutationOf(5_001));
    expect([answer.status, refusalsIn(answer)]).toEqual([400, [tooMany(5_000)]]);
    expect(world.calls()).toEqual(NOTHING);
  });

  it('are served up to 5,000', async () => {
    const { errors } = await world.send(mutationOf(5_000));
    expect(errors).toBeUndefined();
    expect(world.calls().radar).toEqual(['PUT /cruddy/v2/incident_groups/update']);
  });

  it('are refused beyond MAX_TOKENS, with nothing sent', async () => {
    expect(refusalsIn(await strict.send(mutationOf(61)))).toEqual([tooMany(60)]);
    expect(strict.calls()).toEqual(NOTHING);
    expect((await strict.send(mutationOf(29))).errors).toBeUndefined();
  });
});

describe('depth', () => {
  const tooDeep = (limit: number) => refusal(`The operation is nested deeper than ${limit} fields.`);

  it('is refused beyond 12', async () => {
    // Nothing in the schema is that deep, so the same document is refused for another reason as well.
    expect(refusalsIn(await world.send(nested(13)))).toContainEqual(tooDeep(12));
    expect(refusalsIn(await world.send(nested(12)))).toEqual([refusal('Cannot query field "a" on type "Query".')]);
  });

  const read = (inner: string) => `incident(organizationId: "7", id: "8") { incidentGroup { ${inner} } }`;

  it.each([
    ['plainly', `{ ${read('user { id }')} }`],
    ['in an inline fragment', `{ ... { ... on Query { ${read('... { user { ... { id } } }')} } } }`],
    [
      'through fragments',
      `{ ...A } fragment A on Query { ${read('...B')} } fragment B on IncidentGroup { user { id } }`,
    ],
    ['in the second of two operations', `query A { __typename } query B { ${read('user { id }')} }`],
  ])('beyond MAX_DEPTH is refused %s, with nothing sent', async (_how, query) => {
    const answer = await strict.send(query);
    expect(answer.status).toBe(400);
    expect(refusalsIn(answer)).toEqual([tooDeep(3)]);
    expect(strict.calls()).toEqual(NOTHING);
  });

  it('up to MAX_DEPTH is served', async () => {
    const { data, errors } = await strict.send(`{ ${read('title')} }`);
    expect([data, errors]).toEqual([{ incident: { incidentGroup: { title: 'Phishing' } } }, undefined]);
  });

  it('of introspection is not limited', async () => {
    const { data, errors } = await strict.send(
      '{ __type(name: "Query") { fields { type { ofType { ofType { ofType { name } } } } } } __schema { types { name } } }',
    );
    expect([errors, data]).toEqual([undefined, expect.objectContaining({ __schema: expect.anything() as unknown })]);
  });
});

describe('aliases', () => {
  const tooMany = (limit: number) => refusal(`The operation has more than ${limit} aliases.`);

  it.each([
    ['plainly', `{ ${times(101, (i) => `a${i}: ${GROUP} { id }`)} }`],
    ['of leaves', `{ ${GROUP} { ${times(101, (i) => `a${i}: title`)} } }`],
    [
      'in a fragment that is spread many times',
      `{ ${times(51, (i) => `a${i}: ${GROUP} { ...F }`)} } fragment F on IncidentGroup { t: title }`,
    ],
    ['in fragments inside one another', `{ ...F30 } fragment F0 on Query { a: ${GROUP} { id } } ${doubling('Query')}`],
    ['of introspection', `{ ${times(101, (i) => `a${i}: __typename`)} }`],
  ])('are refused beyond 100 %s, with nothing sent', async (_how, query) => {
    const answer = await world.send(query);
    expect(answer.status).toBe(400);
    expect(refusalsIn(answer)).toEqual([tooMany(100)]);
    expect(world.calls()).toEqual(NOTHING);
  });

  it('are served up to 100', async () => {
    const { data, errors } = await world.send(`{ ${times(100, (i) => `a${i}: __typename`)} }`);
    expect(errors).toBeUndefined();
    expect(Object.keys(data as object)).toHaveLength(100);
  });

  it('are refused beyond MAX_ALIASES', async () => {
    const answer = await strict.send('{ a: __typename b: __typename c: __typename }');
    expect(refusalsIn(answer)).toEqual([tooMany(2)]);
  });
});

describe('root fields of a mutation', () => {
  const tooMany = (limit: number) => refusal(`The mutation has more than ${limit} root fields.`);

  it.each([
    ['plainly', `mutation { ${times(21, update)} }`],
    ['in a fragment', `mutation { ...F } fragment F on Mutation { ${times(21, update)} }`],
    ['in inline fragments', `mutation { ${times(21, (i) => `... on Mutation { ${update(i)} }`)} }`],
    [
      'in fragments inside one another',
      `mutation { ...F30 } fragment F0 on Mutation { __typename } ${doubling('Mutation')}`,
    ],
  ])('are refused beyond 20 %s, with nothing sent', async (_how, query) => {
    const answer = await world.send(query);
    expect(answer.status).toBe(400);
    expect(refusalsIn(answer)).toEqual([tooMany(20)]);
    expect(world.calls()).toEqual(NOTHING);
  });

  it('are all carried out up to 20', async () => {
    const { errors } = await world.send(`mutation { ${times(20, update)} }`);
    expect(errors).toBeUndefined();
    const titles = world.aegister.requests.map(({ bodyJson }) => bodyJson);
    expect(titles).toEqual(Array.from({ length: 20 }, (_, i) => ({ title: String(i) })));
  });

  it('of a query are not limited', async () => {
    const { errors } = await world.send(`{ ${times(30, (i) => `a${i}: ${GROUP} { id }`)} }`);
    expect(errors).toBeUndefined();
  });

  it('are refused beyond MAX_MUTATION_FIELDS', async () => {
    const answer = await strict.send('mutation { __typename ...A ...A } fragment A on Mutation { __typename }');
    expect(refusalsIn(answer)).toEqual([tooMany(2)]);
  });
});

describe.each([
  ['the default', () => world, 1_000, 10_000],
  ['the setting', () => strict, 2, 2],
])('lists beyond %s', (_which, at, representations, ids) => {
  const inputError = (field: string, issuePath: readonly string[], message: string, outcome: object) => ({
    message: `The input is not valid. ${issuePath.join('.')}: ${message}`,
    path: [field],
    extensions: {
      code: 'BAD_USER_INPUT',
      retryable: false,
      ...outcome,
      issues: [{ path: issuePath, code: 'TOO_MANY', message }],
      correlationId: expect.any(String) as string,
    },
  });

  it('of representations are refused, with nothing sent', async () => {
    const list = Array.from({ length: representations + 1 }, () => ({
      __typename: 'IncidentGroup',
      id: seedIds.phishingGroup,
    }));
    const answer = await at().send(
      'query($r: [_Any!]!) { _entities(representations: $r) { __typename ... on IncidentGroup { title } } }',
      { r: list },
    );
    const message = `must not hold more than ${representations} representations in one operation.`;
    expect(refusalsIn(answer)).toEqual([inputError('_entities', ['representations'], message, {})]);
    expect(at().calls()).toEqual(NOTHING);
  });

  it('of ids are refused, with nothing sent', async () => {
    const serviceAssetFindingIds = Array.from({ length: ids + 1 }, (_, i) => `id-${i}`);
    const answer = await at().send(
      'mutation($i: UpdateIncidentGroupInput!) { updateIncidentGroup(input: $i) { incidentGroup { id } } }',
      {
        i: { id: seedIds.phishingGroup, relations: { serviceAssetFindingIds } },
      },
    );
    const path = ['input', 'relations', 'serviceAssetFindingIds'];
    expect(refusalsIn(answer)).toEqual([
      inputError('updateIncidentGroup', path, `must not hold more than ${ids} ids.`, { outcome: 'NOT_APPLIED' }),
    ]);
    expect(at().calls()).toEqual(NOTHING);
  });
});
