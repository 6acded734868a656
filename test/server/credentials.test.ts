import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed-ids.ts';
import type { RecordedRequest } from '../stand-ins/exchange.ts';
import { AEGISTER_TOKEN, RADAR_API_KEY, startWorld, type World } from '../support/world.ts';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const CONFIGURED_USER = seedIds.nightAnalyst;
const CALLERS_USER = seedIds.dayAnalyst;

const READ = `{
  incident(organizationId: "7", id: "8") { title }
  incidentGroup(id: "${seedIds.phishingGroup}") { title }
}`;
const UPDATE_INCIDENT =
  'mutation { updateIncident(input: { organizationId: "7", id: "8", title: "New" }) { incident { id } } }';
const UPDATE_GROUP = `mutation { updateIncidentGroup(input: { id: "${seedIds.phishingGroup}", title: "New" }) { incidentGroup { id } } }`;

/** What a caller behind a router may carry beside its credentials. None of it is any backend's business. */
const OTHER_HEADERS = {
  authorization: 'Bearer canary',
  cookie: 'session=canary',
  'x-forwarded-for': '203.0.113.7',
  forwarded: 'for=203.0.113.7',
  tracestate: 'vendor=canary',
  baggage: 'user=canary',
  'x-custom': 'canary',
  'x-api-key': 'canary',
  'x-request-id': 'canary',
  'x-correlation-id': 'canary',
  'router-authorization': 'canary',
  'user-agent': 'canary',
  'accept-language': 'de',
};

/** Every header that arrived, by lower-case name; the address, which differs from run to run, only by its name. */
function headersOf(request: RecordedRequest | undefined): Record<string, string> {
  const raw = request?.rawHeaders ?? [];
  const pairs = raw.flatMap((name, index) =>
    index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1] ?? ''] as const] : [],
  );
  expect(new Set(pairs.map(([name]) => name)).size).toBe(pairs.length);
  return { ...Object.fromEntries(pairs), host: 'any' };
}

const READ_HEADERS = { host: 'any', connection: 'keep-alive', accept: 'application/json' };
const WRITE_HEADERS = {
  ...READ_HEADERS,
  'content-type': 'application/json',
  'content-length': expect.stringMatching(/^\d+$/) as string,
};

function prepare(world: World): void {
  world.reset();
  world.aegister.putIncident({ organization_id: 7, id: 8, title: 'Incident' });
  world.radar.putGroup({ id: seedIds.phishingGroup, title: 'Phishing' });
}

describe('with configured credentials', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ RADAR_USER_ID: CONFIGURED_USER, RADAR_SELECTED_INSTANCE: 'main' });
  });
  beforeEach(() => prepare(world));
  afterAll(() => world.close());

  const CALLERS = {
    'x-aegister-token': 'callers-token',
    pgrapikey: 'callers-key',
    'pgr-user-id': CALLERS_USER,
    pgrselectedinstance: 'other',
  };
  const AEGISTER = { 'x-aegister-token': AEGISTER_TOKEN };
  const RADAR = { pgrapikey: RADAR_API_KEY, 'pgr-user-id': CONFIGURED_USER, pgrselectedinstance: 'main' };

  it('a read carries these and no header of the caller', async () => {
    const { errors } = await world.send(READ, {}, { ...CALLERS, ...OTHER_HEADERS });
    expect(errors).toBeUndefined();
    expect(world.aegister.requests.map(headersOf)).toEqual([{ ...READ_HEADERS, ...AEGISTER }]);
    expect(world.radar.requests.map(headersOf)).toEqual([{ ...READ_HEADERS, ...RADAR }]);
  });

  it('a write carries these and no header of the caller', async () => {
    await world.send(UPDATE_INCIDENT, {}, { ...CALLERS, ...OTHER_HEADERS });
    await world.send(UPDATE_GROUP, {}, { ...CALLERS, ...OTHER_HEADERS });
    expect(world.aegister.requests.map(headersOf)).toEqual([{ ...WRITE_HEADERS, ...AEGISTER }]);
    expect(world.radar.requests.map(headersOf)).toEqual([{ ...WRITE_HEADERS, ...RADAR }]);
  });

  it('the trace goes on, alone', async () => {
    await world.send(READ, {}, { traceparent: TRACEPARENT, tracestate: 'vendor=canary', baggage: 'user=canary' });
    const trace = { traceparent: TRACEPARENT };
    expect(world.aegister.requests.map(headersOf)).toEqual([{ ...READ_HEADERS, ...AEGISTER, ...trace }]);
    expect(world.radar.requests.map(headersOf)).toEqual([{ ...READ_HEADERS, ...RADAR, ...trace }]);
  });

  it.each([
    ['is free text', 'canary'],
    ['is empty', ''],
    ['has a trace id of zeros', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`],
    ['has a parent id of zeros', `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`],
    ['has capitals', TRACEPARENT.toUpperCase()],
    ['is too short', TRACEPARENT.slice(0, -1)],
    ['has something behind it', `${TRACEPARENT}-canary`],
    ['has the version that is none', `ff${TRACEPARENT.slice(2)}`],
    ['is given twice', `${TRACEPARENT}, ${TRACEPARENT}`],
  ])('a traceparent that %s stays here', async (_what, traceparent) => {
    await world.send(READ, {}, { traceparent });
    expect(world.radar.requests.map(headersOf)).toEqual([{ ...READ_HEADERS, ...RADAR }]);
  });
});

describe('with the caller’s own credentials', () => {
  let world: World;
  beforeAll(async () => {
    // Credentials are configured all the same, to show that they are not used.
    const identity = { RADAR_USER_ID: CONFIGURED_USER };
    world = await startWorld({ AEGISTER_AUTH: 'forward', RADAR_AUTH: 'forward', ...identity });
  });
  beforeEach(() => prepare(world));
  afterAll(() => world.close());

  const AEGISTER = { 'x-aegister-token': AEGISTER_TOKEN };
  const RADAR = { pgrapikey: RADAR_API_KEY, 'pgr-user-id': CALLERS_USER, pgrselectedinstance: 'theirs' };

  it('a read carries exactly these headers of the caller', async () => {
    const { errors } = await world.send(READ, {}, { ...AEGISTER, ...RADAR, ...OTHER_HEADERS });
    expect(errors).toBeUndefined();
    expect(world.aegister.requests.map(headersOf)).toEqual([{ ...READ_HEADERS, ...AEGISTER }]);
    expect(world.radar.requests.map(headersOf)).toEqual([{ ...READ_HEADERS, ...RADAR }]);
  });

  it('a write carries exactly these headers of the caller', async () => {
    await world.send(UPDATE_INCIDENT, {}, { ...AEGISTER, ...RADAR, ...OTHER_HEADERS });
    await world.send(UPDATE_GROUP, {}, { ...AEGISTER, ...RADAR, ...OTHER_HEADERS });
    expect(world.aegister.requests.map(headersOf)).toEqual([{ ...WRITE_HEADERS, ...AEGISTER }]);
    expect(world.radar.requests.map(headersOf)).toEqual([{ ...WRITE_HEADERS, ...RADAR }]);
  });

  it('the configured user never goes with the caller’s key', async () => {
    await world.send(READ, {}, { pgrapikey: RADAR_API_KEY });
    expect(world.radar.requests.map(headersOf)).toEqual([{ ...READ_HEADERS, pgrapikey: RADAR_API_KEY }]);
  });

  it('one backend never gets the credential of the other', async () => {
    await world.send(READ, {}, { 'x-aegister-token': 'canary-a', pgrapikey: 'canary-b' });
    expect(world.aegister.requests.map(headersOf)).toEqual([{ ...READ_HEADERS, 'x-aegister-token': 'canary-a' }]);
    expect(world.radar.requests.map(headersOf)).toEqual([{ ...READ_HEADERS, pgrapikey: 'canary-b' }]);
  });

  it.each([
    ['without', {}],
    ['with an empty', { 'x-aegister-token': '', pgrapikey: '' }],
    ['with only a user id for a', { 'pgr-user-id': CALLERS_USER, pgrselectedinstance: 'theirs' }],
  ])('a mutation %s credential is UNAUTHENTICATED and nothing is sent', async (_what, headers) => {
    const incident = await world.send(UPDATE_INCIDENT, {}, headers);
    const group = await world.send(UPDATE_GROUP, {}, headers);
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
    const error = (path: string) => ({
      message: 'This request carries no credential for the backend; nothing was changed.',
      path: [path],
      locations: [expect.anything()],
      extensions: {
        code: 'UNAUTHENTICATED',
        retryable: false,
        outcome: 'NOT_APPLIED',
        correlationId: expect.any(String) as string,
      },
    });
    expect([incident.status, incident.data, incident.errors]).toEqual([
      200,
      { updateIncident: null },
      [error('updateIncident')],
    ]);
    expect([group.status, group.data, group.errors]).toEqual([
      200,
      { updateIncidentGroup: null },
      [error('updateIncidentGroup')],
    ]);
  });

  it('a query without credential is UNAUTHENTICATED field by field', async () => {
    const { data, errors } = await world.send(READ, {}, { pgrapikey: RADAR_API_KEY });
    expect(data).toEqual({ incident: null, incidentGroup: { title: 'Phishing' } });
    expect(errors).toEqual([
      {
        message: 'This request carries no credential for the backend.',
        path: ['incident'],
        locations: [expect.anything()],
        extensions: { code: 'UNAUTHENTICATED', retryable: false, correlationId: expect.any(String) as string },
      },
    ]);
    expect(world.calls().aegister).toEqual([]);
  });

  it('a refused credential is not replaced by the configured one', async () => {
    const { errors } = await world.send(UPDATE_INCIDENT, {}, { 'x-aegister-token': 'canary-refused' });
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['UNAUTHENTICATED']);
    expect(world.aegister.requests.map(headersOf)).toEqual([
      { ...WRITE_HEADERS, 'x-aegister-token': 'canary-refused' },
    ]);
  });
});

describe('with one backend of each kind and no credential configured for the forwarding one', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ AEGISTER_AUTH: 'forward', AEGISTER_TOKEN: '' });
  });
  beforeEach(() => prepare(world));
  afterAll(() => world.close());

  it('each call is signed in its own way', async () => {
    const { errors } = await world.send(READ, {}, { 'x-aegister-token': AEGISTER_TOKEN, pgrapikey: 'ignored' });
    expect(errors).toBeUndefined();
    expect(world.aegister.requests.map(headersOf)).toEqual([{ ...READ_HEADERS, 'x-aegister-token': AEGISTER_TOKEN }]);
    expect(world.radar.requests.map(headersOf)).toEqual([{ ...READ_HEADERS, pgrapikey: RADAR_API_KEY }]);
  });
});
