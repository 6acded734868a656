import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import type { JsonValue } from '../stand-ins/json.ts';
import { expectAnswer, readError, savedError, unusable } from '../support/expected-answer.ts';
import * as known from '../support/known-records.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startSeededWorld();
});
beforeEach(() => {
  world.reset();
  world.aegister.putIncident(known.wireIncident);
  world.radar.putFinding(known.wireFinding);
  world.radar.putGroup(known.wireGroup);
});
afterAll(() => world.close());

/** What does not fit, by the documented kind of the value. */
const unfit: Readonly<Record<string, readonly JsonValue[]>> = {
  text: [7, true, {}, []],
  'date-time': [
    '0000-00-00',
    '0000-00-00T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-03-02',
    '2026-03-02 08:15:00Z',
    '2026-03-02T08:15:00',
    '',
    1772439300,
    {},
  ],
  number: ['5.35', true, {}, []],
  boolean: [0, 1, 'false', {}],
  object: ['{}', 7, false, []],
  integer: [2_147_483_648, -2_147_483_649, 1.5, '3', true, {}],
  status: ['archived', 'DRAFT', '', 1, {}],
};

interface Field {
  readonly field: string;
  readonly wireName: string;
  readonly kind: string;
}

const of = (kind: string, ...pairs: readonly (readonly [field: string, wireName: string])[]): Field[] =>
  pairs.map(([field, wireName]) => ({ field, wireName, kind }));

/** One row for each value that may be wrong: the field and what stands in its place. */
const rowsOf = (...fields: readonly Field[]) =>
  fields.flatMap(({ field, wireName, kind }) => (unfit[kind] ?? []).map((value) => ({ field, wireName, kind, value })));

const incidentRows = rowsOf(
  ...of('text', ['title', 'title'], ['referenceCode', 'reference_code']),
  ...of('status', ['status', 'status']),
  ...of('date-time', ['createdAt', 'created_at'], ['updatedAt', 'updated_at']),
  ...of('object', ['classification', 'classification'], ['metadata', 'metadata'], ['phases', 'phases']),
  ...of('object', ['acnEvent', 'acn_event'], ['acnSections', 'acn_sections'], ['aiBlob', 'ai_blob']),
  ...of('object', ['notification24h', '24h_notification'], ['notification72h', '72h_notification']),
  ...of('object', ['fullReport', 'full_report']),
);
const groupRows = rowsOf(
  ...of('text', ['title', 'title'], ['description', 'description']),
  ...of('date-time', ['createdAt', 'created_at'], ['updatedAt', 'updated_at']),
  ...of('integer', ['incidentsCount', 'incidents_count']),
);
const findingRows = rowsOf(
  ...of('text', ['title', 'title'], ['traceId', 'trace_id'], ['status', 'status'], ['findingId', 'finding_id']),
  ...of('date-time', ['cVisibleSince', 'c_visible_since'], ['throughputPeriodChange', 'throughput_period_change']),
  ...of('number', ['risklevel', 'risklevel'], ['immediateActionScore', 'immediate_action_score']),
  ...of('boolean', ['external', 'external'], ['customerCreated', 'customer_created']),
);

const INCIDENT = `incident { ${known.incidentFields} }`;
const GROUP = `incidentGroup { ${known.groupFields} }`;

describe('a value of an incident that does not fit its type', () => {
  it.each(incidentRows)('costs $field alone when it is $value, in a query', async ({ field, wireName, value }) => {
    world.aegister.faults.once(fault.lie({ [`data.${wireName}`]: value }));

    const answer = await world.send(`{ ${INCIDENT.replace('incident', 'incident(organizationId: 3071, id: 1024)')} }`);

    const incident = { ...known.incident, [field]: null };
    expectAnswer(answer, { incident }, readError(['incident', field], unusable('aegister')));
  });

  it.each(incidentRows)('costs $field alone when it is $value, after a write', async ({ field, wireName, value }) => {
    world.aegister.faults.once(fault.lie({ [`data.${wireName}`]: value }));

    const answer = await world.send(`mutation {
      updateIncident(input: { organizationId: 3071, id: 1024, metadata: { is: "metadata" } }) {
        incident { id value: ${field} }
      }
    }`);

    const path = ['updateIncident', 'incident', 'value'];
    const expected = { updateIncident: { incident: { id: '1024', value: null } } };
    expectAnswer(answer, expected, savedError(path, unusable('aegister')));
    expect(world.calls()).toEqual({ aegister: ['PATCH /api/v1/V-Ciso/incidents/3071/1024'], radar: [] });
  });
});

describe('a value of a group that does not fit its type', () => {
  it.each(groupRows)('costs $field alone when it is $value, in a query', async ({ field, wireName, value }) => {
    world.radar.faults.once(fault.lie({ [wireName]: value }));

    const answer = await world.send(`{ ${GROUP.replace('incidentGroup', `incidentGroup(id: "${known.group.id}")`)} }`);

    const incidentGroup = { ...known.group, [field]: null };
    expectAnswer(answer, { incidentGroup }, readError(['incidentGroup', field], unusable('radar')));
  });

  it.each(groupRows)('costs $field alone when it is $value, after a write', async ({ field, wireName, value }) => {
    world.radar.faults.once(
      fault.lie({ [wireName]: value, updated_at: wireName === 'updated_at' ? value : known.group.updatedAt }),
    );

    const answer = await world.send(`mutation {
      updateIncidentGroup(input: { id: "${known.group.id}", title: "${known.group.title}" }) { ${GROUP} }
    }`);

    const incidentGroup = { ...known.group, [field]: null };
    const path = ['updateIncidentGroup', 'incidentGroup', field];
    expectAnswer(answer, { updateIncidentGroup: { incidentGroup } }, savedError(path, unusable('radar')));
    expect(world.calls()).toEqual({ aegister: [], radar: ['PUT /cruddy/v2/incident_groups/update'] });
  });
});

describe('a value of a finding that does not fit its type', () => {
  const neighbour = { ...known.wireFinding, id: 'neighbour' };

  it.each(findingRows)('costs $field alone when it is $value, and no neighbour', async ({ field, wireName, value }) => {
    const objects = [{ ...known.wireFinding, [wireName]: value }, neighbour];
    world.radar.faults.once(fault.lie({ service_asset_findings: objects }));

    const answer = await world.send(`{
      incidentGroup(id: "${known.group.id}") { serviceAssetFindings { ${known.findingFields} } }
    }`);

    const serviceAssetFindings = [
      { ...known.finding, [field]: null },
      { ...known.finding, id: 'neighbour' },
    ];
    const path = ['incidentGroup', 'serviceAssetFindings', 0, field];
    expectAnswer(answer, { incidentGroup: { serviceAssetFindings } }, readError(path, unusable('radar')));
  });
});

describe('a value that JSON can write and nothing here can carry', () => {
  it('costs its field alone when it is a number beyond all bounds', async () => {
    const body = `{"id": "${known.finding.id}", "title": "kept", "risklevel": 1e999}`;
    world.radar.faults.once(fault.text(200, body));

    const answer = await world.send(`{ serviceAssetFinding(id: "${known.finding.id}") { title risklevel } }`);

    const error = readError(['serviceAssetFinding', 'risklevel'], unusable('radar'));
    expectAnswer(answer, { serviceAssetFinding: { title: 'kept', risklevel: null } }, error);
  });

  it('costs its field alone when it is an object of ten thousand levels', async () => {
    const deep = '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000);
    const body = `{"error": 0, "data": {"id": 1024, "title": "kept", "metadata": ${deep}}}`;
    world.aegister.faults.once(fault.text(200, body));

    const answer = await world.send('{ incident(organizationId: 3071, id: 1024) { title metadata } }');

    const error = readError(['incident', 'metadata'], unusable('aegister'));
    expectAnswer(answer, { incident: { title: 'kept', metadata: null } }, error);
  });
});

describe('values that fit although they are unusual', () => {
  it.each([
    '2026-03-02T08:15:00.652259Z',
    '2026-03-02T08:15:00.652259123Z',
    '2026-03-02T08:15:00Z',
    '2026-03-02T08:15:00.000000Z',
    '2026-03-02T08:15:00.5+01:00',
    '2024-02-29T23:59:60Z',
    '0001-01-01T00:00:00Z',
  ])('answers the time %s to the last digit, from both backends', async (time) => {
    world.aegister.putIncident({ ...known.wireIncident, updated_at: time });
    world.radar.putGroup({ ...known.wireGroup, updated_at: time });

    const answer = await world.send(`{
      incident(organizationId: 3071, id: 1024) { updatedAt }
      incidentGroup(id: "${known.group.id}") { updatedAt }
    }`);

    expectAnswer(answer, { incident: { updatedAt: time }, incidentGroup: { updatedAt: time } });
  });

  it('answers the inside of JSON objects as it is: numbers for booleans, dates that are none, deep and empty values', async () => {
    const metadata = {
      completed: 0,
      active: true,
      expires: '0000-00-00',
      nested: { list: [null, [], {}, 1.5, 'Ж\u2028'] },
      inText: '{"a":1}',
      __typename: 'Incident',
      '24h': null,
    };
    world.aegister.putIncident({ ...known.wireIncident, metadata });

    const answer = await world.send('{ incident(organizationId: 3071, id: 1024) { metadata } }');

    expectAnswer(answer, { incident: { metadata } });
  });

  it('keeps the three phase objects and the separate phases apart', async () => {
    const phases = { '24h_notification': { done: true }, full_report: 1 };
    world.aegister.putIncident({ ...known.wireIncident, phases, '24h_notification': {}, full_report: { own: true } });

    const query = '{ incident(organizationId: 3071, id: 1024) { phases notification24h notification72h fullReport } }';
    const answer = await world.send(query);

    const { notification72h } = known.incident;
    const expected = { phases, notification24h: {}, notification72h, fullReport: { own: true } };
    expectAnswer(answer, { incident: expected });
  });

  it('finds a subject type that was written inside the metadata, and misses it nowhere', async () => {
    const answer = await world.send(`mutation {
      updateIncident(input: { organizationId: 3071, id: 1024, subjectType: "essential" }) { incident { metadata } }
    }`);

    const metadata = { is: 'metadata', subject_type: 'essential' };
    expectAnswer(answer, { updateIncident: { incident: { metadata } } });
  });
});
