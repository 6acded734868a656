import { afterAll, beforeAll, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

it('an operation whose client has left is finished before the service ends, with every write of it', async () => {
  const { hospitalOrganization: organizationId, ransomwareDossier: id } = seedIds;
  const update = (title: string) =>
    `${title}: updateIncident(input: { organizationId: ${organizationId}, id: ${id}, title: "${title}" }) { incident { id } }`;
  const held = fault.hold();
  world.aegister.faults.once(held);
  const client = new AbortController();
  const request = fetch(`${world.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `mutation { ${update('first')} ${update('second')} }` }),
    signal: client.signal,
  });
  await held.arrived;
  client.abort();
  await expect(request).rejects.toThrow();

  const closed = world.closeService();
  held.release();
  await closed;
  expect(world.aegister.requests.map(({ bodyJson }) => bodyJson)).toEqual([{ title: 'first' }, { title: 'second' }]);
  expect(world.aegister.incident(organizationId, id)?.title).toBe('second');
});
