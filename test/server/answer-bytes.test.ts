import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aegisterTarget } from '../support/failing-calls.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const CHARACTERS = [
  ['ASCII', 'a', ''],
  ['characters of Latin-1', '\u00e9', ''],
  ['characters of two units', '\u{1f600}', ''],
  ['one character of two bytes at the end of ASCII', 'a', '\u00e9'],
  ['one of three bytes at the end of ASCII', 'a', '\u6f22'],
  ['half a surrogate pair', '\ud800', ''],
] as const;

describe.each([1, 10, 20_000])('an answer with a text of %i characters', (length) => {
  it.each(CHARACTERS)(
    'arrives whole, with its length and a line break at its end: %s',
    async (_what, character, end) => {
      const title = character.repeat(length) + end;
      world.aegister.putIncident({ organization_id: 3071, id: 1024, title, status: 'submitted' });
      const { query, variables } = aegisterTarget.read;
      // An operation that is known, and one that is not.
      for (const text of [query, `${query} # ${title.length} ${character.codePointAt(0)}`]) {
        const response = await fetch(`${world.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: text, variables }),
        });
        const bytes = Buffer.from(await response.arrayBuffer());
        expect(Number(response.headers.get('content-length'))).toBe(bytes.length);
        expect(bytes.toString('utf8')).toBe(`${JSON.stringify({ data: { incident: { title } } })}\n`);
      }
    },
  );
});
