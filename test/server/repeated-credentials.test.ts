import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ AEGISTER_AUTH: 'forward' });
});
afterAll(() => world.close());

it('a caller who sends a credential twice is UNAUTHENTICATED, with nothing sent: nobody can say which one was meant', async () => {
  const call = request(`${world.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-aegister-token': ['one-token', 'another-token'] },
  });
  call.end(JSON.stringify({ query: '{ incident(organizationId: 1, id: 1) { id } }' }));
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  const answer = JSON.parse(await text(response)) as { errors: { extensions: { code: string } }[] };

  expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  expect(world.calls().aegister).toEqual([]);
});
