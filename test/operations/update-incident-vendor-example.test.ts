import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { vendorExamples } from '../stand-ins/vendor-examples.ts';
import { onlyRequest } from '../support/one-call.ts';
import { AEGISTER_TOKEN, startWorld, type World } from '../support/world.ts';

/** The example body of the vendor's page in the words of this schema. */
const input = {
  organizationId: '123',
  id: '123',
  title: '<string>',
  referenceCode: '<string>',
  classification: {},
  metadata: {},
  status: 'DRAFT',
  subjectType: '<string>',
  notification24h: {},
  notification72h: {},
  fullReport: {},
};

const mutation = `mutation ($input: UpdateIncidentInput!) {
  updateIncident(input: $input) {
    incident {
      organizationId id title referenceCode status classification metadata acnEvent acnSections aiBlob phases
      notification24h notification72h fullReport createdAt updatedAt incidentGroup { id }
    }
  }
}`;

const incident = {
  organizationId: '123',
  id: '123',
  title: '<string>',
  referenceCode: '<string>',
  status: 'DRAFT',
  classification: {},
  metadata: {},
  acnEvent: {},
  acnSections: {},
  aiBlob: {},
  phases: {},
  notification24h: {},
  notification72h: {},
  fullReport: {},
  createdAt: '2023-11-07T05:31:56Z',
  updatedAt: '2023-11-07T05:31:56Z',
  incidentGroup: null,
};

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
  world.aegister.removeIncident(123, 123);
  world.aegister.putIncident({ organization_id: 123, id: 123, created_at: '2026-03-02T08:15:00Z' });
});
afterAll(() => world.close());

it("sends the vendor's example body byte by byte in one PATCH", async () => {
  await world.send(mutation, { input });
  const { method, path, body } = onlyRequest(world);
  expect({ method, path }).toEqual({ method: 'PATCH', path: '/api/v1/V-Ciso/incidents/123/123' });
  expect(body).toBe(JSON.stringify(JSON.parse(vendorExamples.aegister.updateRequest)));
});

it('signs the PATCH with the configured token and sends no header beyond the necessary', async () => {
  const mine = { 'x-aegister-token': 'of-the-caller', authorization: 'Bearer caller', cookie: 'a=b', 'x-custom': '1' };
  await world.send(mutation, { input }, mine);
  const { headers, bodyBytes } = onlyRequest(world);
  expect(headers).toEqual({
    host: new URL(world.aegister.url).host,
    connection: 'keep-alive',
    accept: 'application/json',
    'content-type': 'application/json',
    'content-length': String(bodyBytes.length),
    'x-aegister-token': AEGISTER_TOKEN,
  });
});

it("answers every field of the vendor's example answer", async () => {
  const { updateAnswer } = vendorExamples.aegister;
  world.aegister.faults.once(fault.text(200, updateAnswer, 'application/json', { applied: true }));
  const { status, data, errors } = await world.send(mutation, { input });
  expect({ status, data, errors }).toEqual({ status: 200, data: { updateIncident: { incident } }, errors: undefined });
  expect(world.calls()).toEqual({ aegister: ['PATCH /api/v1/V-Ciso/incidents/123/123'], radar: [] });
});

it('answers what the backend stored, the subject type under metadata', async () => {
  const { status, data, errors } = await world.send(mutation, { input });
  const stored = {
    ...incident,
    metadata: { subject_type: '<string>' },
    createdAt: '2026-03-02T08:15:00Z',
    updatedAt: world.aegister.incident(123, 123)?.updated_at,
  };
  expect({ status, data, errors }).toEqual({
    status: 200,
    data: { updateIncident: { incident: stored } },
    errors: undefined,
  });
  expect(stored.updatedAt).toMatch(/^2026-03-09T/);
});
