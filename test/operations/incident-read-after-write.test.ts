import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AegisterClient } from '../../src/backends/aegister/client.ts';
import { aegister as backend } from '../../src/backends/aegister/index.ts';
import type { BackendConnection } from '../../src/backends/backend.ts';
import { startAegister, type Aegister } from '../stand-ins/aegister.ts';
import { fault, type Fault } from '../stand-ins/faults.ts';
import { stayingClient } from '../support/staying-client.ts';

/*
 * No operation of today's schema reads an incident after it has written it: the payload is the answer of the write. The client keeps
 * the promise all the same, for the day a field does; so it is asked directly, over real HTTP.
 */
const key = { organizationId: '3071', id: '1024' };
const PATCH = 'PATCH /api/v1/V-Ciso/incidents/3071/1024';
const GET = 'GET /api/v1/V-Ciso/incidents/3071/1024';

let standIn: Aegister;
let connection: BackendConnection<AegisterClient>;
beforeAll(async () => {
  standIn = await startAegister({ token: 'token' });
  const configured = backend.configure({ AEGISTER_BASE_URL: standIn.baseUrl, AEGISTER_TOKEN: 'token' });
  if ('faults' in configured) throw new Error(configured.faults.join());
  connection = configured.connect({ observe: () => undefined, share: 1 });
});
beforeEach(() => {
  standIn.faults.clear();
  standIn.clearRequests();
  standIn.putIncident({ organization_id: 3071, id: 1024, title: 'before', status: 'draft' });
});
afterAll(async () => {
  await standIn.close();
  await connection.close();
});

const newRequest = () =>
  connection.forRequest({
    deadline: performance.now() + 10_000,
    cancellation: stayingClient,
    traceparent: undefined,
    header: () => undefined,
  });
const titleOf = async (client: AegisterClient) => (await client.loadIncident(key))?.title;
const rename = (client: AegisterClient) => client.updateIncident({ key, changes: { title: 'after' } });
const calls = () => standIn.requests.map(({ method, path }) => `${method} ${path}`);

describe('a read of an incident in the request that has written it', () => {
  it('shows the write without a further call, not what was read before it', async () => {
    const client = newRequest();

    expect(await titleOf(client)).toBe('before');
    await rename(client);
    expect(await titleOf(client)).toBe('after');

    expect(calls()).toEqual([GET, PATCH]);
  });

  it.each<[string, Fault]>([
    ['answered 500', fault.answer(500, {}, {}, { applied: true })],
    ['broke off inside the answer', fault.resetInsideBody({ applied: true })],
    ['answered with another incident', fault.lie({ 'data.id': 7 })],
  ])('reads anew when the write ended UNKNOWN because the backend %s', async (_case, spoilt) => {
    const client = newRequest();
    standIn.faults.once(spoilt, { method: 'PATCH' });

    expect(await titleOf(client)).toBe('before');
    await expect(rename(client)).rejects.toThrow('aegister');
    expect(await titleOf(client)).toBe('after');

    expect(calls()).toEqual([GET, PATCH, GET]);
  });

  it('is a matter of that request alone', async () => {
    const [writer, reader] = [newRequest(), newRequest()];

    expect(await titleOf(reader)).toBe('before');
    await rename(writer);

    expect(await titleOf(reader)).toBe('before');
    expect(await titleOf(newRequest())).toBe('after');
    expect(calls()).toEqual([GET, PATCH, GET]);
  });
});
