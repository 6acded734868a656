import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { Secret, type SecretNews } from '../../src/backends/secret.ts';
import { secretFile } from '../../src/backends/setting-formats.ts';
import { createCensor } from '../../src/server/censor.ts';

const folder = mkdtempSync(join(tmpdir(), 'secret-'));
const path = join(folder, 'token');
beforeEach(() => writeFileSync(path, 'first'));
afterAll(() => rmSync(folder, { recursive: true }));

function openSecret() {
  const secret = new Secret('TOKEN_FILE', { file: secretFile.parse(path) });
  const news: SecretNews[] = [];
  secret.onNews((told) => news.push(told));
  return { secret, news };
}

it('a file that is caught while it is written is not believed, and not complained about', async () => {
  const { secret, news } = openSecret();
  writeFileSync(path, '');
  const looking = secret.refresh();
  // Whether that look sees the empty file or the whole one, the end is the same.
  writeFileSync(path, 'second');
  await looking;
  await secret.refresh();
  expect([secret.current(), news]).toEqual(['second', [{ result: 'new' }]]);
});

it('a file of the same length, written at once, is noticed', async () => {
  const { secret } = openSecret();
  writeFileSync(path, 'other');
  await secret.refresh();
  expect(secret.current()).toBe('other');
});

it('looks that come together tell once what they find', async () => {
  const { secret, news } = openSecret();
  writeFileSync(path, 'second');
  await Promise.all([secret.refresh(), secret.refresh(), secret.refresh()]);
  expect(news).toEqual([{ result: 'new' }]);
});

it('the words of before stay known, each once, the last 32 of them; the list is the same until a word is added', async () => {
  const { secret } = openSecret();
  const before = secret.known();
  await secret.refresh();
  expect(secret.known()).toBe(before);
  for (let count = 1; count <= 34; count += 1) {
    writeFileSync(path, `word-${count}`);
    await secret.refresh();
  }
  expect(secret.known()).toEqual(Array.from({ length: 32 }, (_, index) => `word-${34 - index}`));
});

it('a look during another one sees what was written in between', async () => {
  const { secret } = openSecret();
  const early = secret.refresh();
  writeFileSync(path, 'second');
  await secret.refresh();
  expect(secret.current()).toBe('second');
  await early;
});

it('a secret that was given by value has no file to follow', async () => {
  const secret = new Secret('TOKEN', { value: 'fixed' });
  await secret.refresh();
  expect([secret.current(), secret.known()]).toEqual(['fixed', ['fixed']]);
});

it('a censored word leaves nothing of a longer one that begins with it', () => {
  const words = ['secret-1', 'secret-12', 'short'];
  const censor = createCensor(
    () => words,
    (word) => word,
  );
  expect(censor('secret-12 secret-1 short')).toBe('[secret] [secret] short');
});
