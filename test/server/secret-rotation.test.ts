import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { aegisterTarget, radarTarget, send } from '../support/failing-calls.ts';
import { entriesOf, logged } from '../support/log-entries.ts';
import { createSecretFiles, type Rotation, type SecretFiles } from '../support/secret-files.ts';
import { AEGISTER_TOKEN, RADAR_API_KEY, startWorld, type World } from '../support/world.ts';

const RE_READ = 'secret re-read';
const UNUSABLE = 'secret file cannot be used, the value of before stays';
/** Names of GraphQL's too, so that an operation can carry them into the log. */
const OLD = { token: 'canary_old_token', key: 'canary_old_key', router: 'canary_old_router' };
const NEW = { token: 'canary_new_token', key: 'canary_new_key', router: 'canary_new_router' };
const READ = `{
  incident(organizationId: "7", id: "8") { title }
  incidentGroup(id: "${seedIds.phishingGroup}") { title }
}`;

let files: SecretFiles | undefined;
let world: World | undefined;
afterEach(async () => {
  await world?.close();
  files?.remove();
  files = world = undefined;
});

/** A world whose three secrets come from files. */
async function startFromFiles(
  texts: Readonly<Record<string, string>>,
  rotation: Rotation = 'rewrite',
  settings: Readonly<Record<string, string>> = {},
) {
  const folder = (files = createSecretFiles(rotation, texts));
  const started = (world = await startWorld({
    LOG_LEVEL: 'debug',
    AEGISTER_TOKEN: '',
    AEGISTER_TOKEN_FILE: folder.pathOf('token'),
    RADAR_API_KEY: '',
    RADAR_API_KEY_FILE: folder.pathOf('key'),
    ROUTER_SECRET_FILE: folder.pathOf('router'),
    ...settings,
  }));
  return { folder, started };
}

/** What each backend got as credential, call by call. */
function credentials({ aegister, radar }: World) {
  return {
    aegister: aegister.requests.map(({ headers }) => headers['x-aegister-token']),
    radar: radar.requests.map(({ headers }) => headers['pgrapikey']),
  };
}

const router = (secret: string) => ({ 'router-authorization': secret });

describe.each<Rotation>(['kubernetes', 'rename', 'rewrite'])('secret files changed by %s', (rotation) => {
  it('are read again without a restart: all new values hold, the old ones no longer', async () => {
    const { folder, started } = await startFromFiles(OLD, rotation);
    expect((await started.send(READ, {}, router(OLD.router))).status).toBe(200);

    folder.rotate(NEW);
    await logged(started, RE_READ, 3);

    expect((await started.send(READ, {}, router(OLD.router))).status).toBe(401);
    expect((await started.send(READ, {}, router(NEW.router))).status).toBe(200);
    expect(credentials(started)).toEqual({ aegister: [OLD.token, NEW.token], radar: [OLD.key, NEW.key] });
    expect(entriesOf(started.logLines, RE_READ).map(({ setting, level }) => [setting, level])).toEqual(
      expect.arrayContaining([
        ['AEGISTER_TOKEN_FILE', 'info'],
        ['RADAR_API_KEY_FILE', 'info'],
        ['ROUTER_SECRET_FILE', 'info'],
      ]),
    );
    expect(await (await fetch(`${started.url}/metrics`)).text()).toContain(
      'secret_file_changes_total{setting="ROUTER_SECRET_FILE",result="new"} 1\n',
    );
    expect(started.logLines.join('')).not.toContain('canary');
  });
});

it('a router secret is changed without a gap by way of two values', async () => {
  const { folder, started } = await startFromFiles(OLD);
  const statuses = async () => {
    const answers = [];
    for (const secret of [OLD.router, NEW.router])
      answers.push(await started.send('{ __typename }', {}, router(secret)));
    return answers.map(({ status }) => status);
  };
  expect(await statuses()).toEqual([200, 401]);
  folder.rotate({ router: `${OLD.router},${NEW.router}\n` });
  await logged(started, RE_READ, 1);
  expect(await statuses()).toEqual([200, 200]);
  folder.rotate({ router: NEW.router });
  await logged(started, RE_READ, 2);
  expect(await statuses()).toEqual([401, 200]);
});

it('the secrets of before and of now are kept out of answers and log', async () => {
  const { folder, started } = await startFromFiles(OLD);
  folder.rotate(NEW);
  await logged(started, RE_READ, 3);
  const words = [...Object.values(OLD), ...Object.values(NEW)];
  const messages = ['before', ...words.map((word) => `the backend says ${word}`), 'after'];
  started.aegister.faults.always(fault.answer(400, {}, { error: 1, messages, data: null }));

  for (const word of words) {
    const { errors } = await started.send(
      `query ${word} { incident(organizationId: 7, id: 8) { id } }`,
      {},
      router(NEW.router),
    );
    expect(errors?.[0]?.extensions['issues']).toEqual(
      ['before', 'after'].map((message) => ({ path: null, code: 'UPSTREAM_MESSAGE', message })),
    );
  }

  expect(started.logLines.filter((line) => line.includes('"operationName":"[secret]"'))).toHaveLength(words.length);
  expect(started.logLines.join('')).not.toContain('canary');
});

describe.each([aegisterTarget, radarTarget])('a credential that $name refuses', (target) => {
  it.each([401, 403])(
    'with %i is read again at once: the next call has the new one, this one is not repeated',
    async (status) => {
      const { folder, started } = await startFromFiles(OLD);
      const held = fault.hold({ then: fault.answer(status, {}, target.refusal(status, 'no')) });
      target.standIn(started).faults.once(held);
      target.prepare(started);
      const refused = send(started, target, 'write', router(OLD.router));
      await held.arrived;
      folder.rotate({ token: AEGISTER_TOKEN, key: RADAR_API_KEY });
      held.release();

      expect((await refused).errors).toMatchObject([
        {
          extensions: { code: 'UPSTREAM_AUTH_FAILED', outcome: 'NOT_APPLIED', retryable: false, upstream: { status } },
        },
      ]);
      expect(target.standIn(started).requests).toHaveLength(1);
      expect(target.isWritten(started)).toBe(false);
      expect((await send(started, target, 'write', router(OLD.router))).data).toEqual(target.write.success);
    },
  );
});

it('a new key signs the rest of the reads of an operation that is under way', async () => {
  const { folder, started } = await startFromFiles(OLD, 'rewrite', { RADAR_CONCURRENCY: '1' });
  const held = fault.hold();
  started.radar.faults.once(held);
  const ids = Array.from({ length: 20 }, (_, index) => `00000000-0000-4000-8000-0000000000${10 + index}`);
  const fields = ids.map((id, index) => `g${index}: incidentGroup(id: "${id}") { title }`);
  const answered = started.send(`{ ${fields.join(' ')} }`, {}, router(OLD.router));
  await held.arrived;
  folder.rotate({ key: NEW.key });
  await logged(started, RE_READ, 1);
  held.release();

  await answered;
  const keys = credentials(started).radar;
  expect(keys).toHaveLength(20);
  expect([keys[0], keys.at(-1)]).toEqual([OLD.key, NEW.key]);
});

describe('a secret file that cannot be used', () => {
  it.each([
    ['is empty', (path: string) => writeFileSync(path, ''), 'must be printable ASCII without spaces at its ends'],
    [
      'has two lines',
      (path: string) => writeFileSync(path, 'canary\ncanary\n'),
      'must be printable ASCII without spaces at its ends',
    ],
    ['is gone', (path: string) => rmSync(path), 'cannot be read'],
    ['is too large', (path: string) => writeFileSync(path, 'canary'.repeat(20_000)), 'cannot be read'],
    [
      'is a folder',
      (path: string) => {
        rmSync(path);
        mkdirSync(path);
      },
      'cannot be read',
    ],
  ])('because it %s leaves the value of before, and is told once', async (_what, spoil, reason) => {
    const { folder, started } = await startFromFiles({ ...OLD, token: AEGISTER_TOKEN });
    aegisterTarget.prepare(started);
    spoil(folder.pathOf('token'));
    await logged(started, UNUSABLE, 1);
    // Another file that is noticed later: the bad one has been looked at again meanwhile.
    folder.rotate({ router: NEW.router });
    await logged(started, RE_READ, 1);

    expect(entriesOf(started.logLines, UNUSABLE)).toMatchObject([
      { level: 'warn', setting: 'AEGISTER_TOKEN_FILE', fault: reason },
    ]);
    expect((await send(started, aegisterTarget, 'read', router(NEW.router))).data).toEqual(aegisterTarget.read.success);
    expect(started.logLines.join('')).not.toContain('canary');
  });

  it('is used again once it is whole', async () => {
    const { folder, started } = await startFromFiles(OLD);
    folder.rotate({ token: 'canary canary ' });
    await logged(started, UNUSABLE, 1);
    folder.rotate({ token: NEW.token });
    await logged(started, RE_READ, 1);
    await started.send(READ, {}, router(OLD.router));
    expect(credentials(started).aegister).toEqual([NEW.token]);
  });

  it.each([
    ['disabled', 'holds no secret; running without one takes a restart'],
    ['a,b,c', 'must be one secret, two separated by a comma, or the word disabled'],
  ])('of the router never opens the service: %s', async (text, reason) => {
    const { folder, started } = await startFromFiles(OLD);
    folder.rotate({ router: text });
    await logged(started, UNUSABLE, 1);
    expect(entriesOf(started.logLines, UNUSABLE)).toMatchObject([{ setting: 'ROUTER_SECRET_FILE', fault: reason }]);
    const statuses = [];
    for (const headers of [{}, router('disabled'), router('a'), router(OLD.router)]) {
      statuses.push((await started.send('{ __typename }', {}, headers)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 200]);
  });
});
