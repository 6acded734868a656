import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import type { JsonValue } from '../stand-ins/json.ts';
import { aegisterTarget, radarTarget, send, targets } from '../support/failing-calls.ts';
import { startWatchedWorld, type WatchedWorld } from '../support/watched-world.ts';
import { AEGISTER_TOKEN, RADAR_API_KEY } from '../support/world.ts';

const ROUTER_SECRETS = ['canary-router-secret-now', 'canary-router-secret-before'] as const;
const CALLERS_TOKEN = 'canary-callers-token-4c';
const CALLERS_KEY = 'canary-callers-key-8d';
const CALLER = {
  'Router-Authorization': ROUTER_SECRETS[0],
  'X-Aegister-Token': CALLERS_TOKEN,
  PgrApiKey: CALLERS_KEY,
};

let world: WatchedWorld;
beforeAll(async () => {
  const settings = { ROUTER_SECRET: ROUTER_SECRETS.join(','), AEGISTER_AUTH: 'forward', RADAR_AUTH: 'forward' };
  world = await startWatchedWorld(settings, [...ROUTER_SECRETS, CALLERS_TOKEN, CALLERS_KEY, 'canary-upstream-text']);
  // So that there is an answer to search, whichever test comes first.
  await world.send('{ __typename }', {}, CALLER);
});
beforeEach(() => {
  world.reset();
});
afterEach(() => {
  expect(world.leaks()).toEqual([]);
});
afterAll(() => world.close());

/** The issues of a write to Aegister that is refused under 200 with these messages. */
async function issuesOf(messages: JsonValue): Promise<unknown> {
  world.aegister.faults.always(fault.answer(200, {}, { error: 1, messages, data: null }));
  const answer = await send(world, aegisterTarget, 'write', CALLER);
  expect(answer.errors).toHaveLength(1);
  expect(answer.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_REJECTED', outcome: 'NOT_APPLIED' } }]);
  return answer.errors?.[0]?.extensions['issues'];
}

const shown = (message: string) => ({ path: null, code: 'UPSTREAM_MESSAGE', message });

describe('upstream text that gives something away', () => {
  const middle = (text: string) => text.length >> 1;
  const split = (secret: string, by: string) => secret.slice(0, middle(secret)) + by + secret.slice(middle(secret));
  const secrets: readonly { readonly what: string; readonly find: () => string }[] = [
    { what: "the caller's token", find: () => CALLERS_TOKEN },
    { what: "the caller's key for the other backend", find: () => CALLERS_KEY },
    { what: 'the router secret', find: () => ROUTER_SECRETS[0] },
    { what: 'the router secret of before', find: () => ROUTER_SECRETS[1] },
    { what: 'the address of the backend', find: () => new URL(world.aegister.url).host },
    { what: 'the address of the other backend', find: () => new URL(world.radar.url).host },
    { what: 'the host of the backend', find: () => '127.0.0.1' },
    { what: 'a whole URL of the backend', find: () => `${world.aegister.url}/api/v1/V-Ciso/incidents/1/2` },
  ];
  const forms: readonly { readonly form: string; readonly write: (secret: string) => string }[] = [
    { form: 'as it is', write: (secret) => `Refused: ${secret}.` },
    { form: 'in capitals', write: (secret) => `REFUSED ${secret.toUpperCase()}` },
    { form: 'alone', write: (secret) => secret },
    { form: 'split by a line break', write: (secret) => `Refused ${split(secret, '\r\n')}` },
    { form: 'split by a tab', write: (secret) => `Refused ${split(secret, '\t')}` },
    { form: 'split by a NUL', write: (secret) => `Refused ${split(secret, '\u0000')}` },
    { form: 'split by an escape', write: (secret) => `Refused ${split(secret, '\u001b')}` },
    { form: 'split by a C1 control', write: (secret) => `Refused ${split(secret, '\u0085')}` },
    { form: 'split by a zero-width space', write: (secret) => `Refused ${split(secret, '\u200b')}` },
    { form: 'split by a line separator', write: (secret) => `Refused ${split(secret, '\u2028')}` },
    { form: 'across character 500', write: (secret) => `${'x'.repeat(500 - middle(secret))}${secret} tail` },
    { form: 'beyond character 500', write: (secret) => `${'x'.repeat(600)}${secret}` },
    { form: 'beyond ten thousand characters', write: (secret) => `${'x'.repeat(10_000)}${secret}` },
  ];

  it.each(secrets.flatMap((secret) => forms.map((form) => ({ ...secret, ...form }))))(
    'is dropped whole, and its neighbours stay: $what $form',
    async ({ find, write }) => {
      expect(await issuesOf(['before', write(find()), 'after'])).toEqual([shown('before'), shown('after')]);
    },
  );

  it('leaves no key "issues" when nothing else was said', async () => {
    expect(await issuesOf([`token ${CALLERS_TOKEN}`])).toBeUndefined();
  });

  it('keeps the path of the field it was about, with words of ours', async () => {
    expect(await issuesOf([{ field: 'title', message: `not ${CALLERS_TOKEN}` }])).toEqual([
      { path: ['input', 'title'], code: 'UPSTREAM_MESSAGE', message: 'The backend refused this value.' },
    ]);
  });

  it('is dropped as name of a field too', async () => {
    const extra = { fields: [CALLERS_KEY, 'name'] };
    world.radar.faults.always(fault.answer(409, {}, { error: 'Bad Request', error_code: 409, extra }));

    const answer = await send(world, radarTarget, 'write', CALLER);

    expect(answer.errors?.[0]?.extensions['issues']).toEqual([
      { path: ['input', 'title'], code: 'ALREADY_IN_USE', message: 'This value is already in use.' },
    ]);
  });

  it.each([400, 401, 403, 409, 429])('is dropped under %i', async (status) => {
    const body = { error: 1, messages: [`bad token ${CALLERS_TOKEN}`], data: null };
    world.aegister.faults.always(fault.answer(status, {}, body));

    const answer = await send(world, aegisterTarget, 'write', CALLER);

    expect(answer.errors).toMatchObject([{ extensions: { upstream: { status } } }]);
    expect(answer.errors?.[0]?.extensions).not.toHaveProperty('issues');
  });
});

describe('upstream text that may be shown', () => {
  it.each([
    { form: 'control characters', text: 'red \u001b[31malert\u0007\u0000 \u009bend', expected: 'red [31malert end' },
    { form: 'line breaks', text: 'first\r\nsecond\nthird', expected: 'first second third' },
    { form: 'direction marks', text: 'safe \u202egnp.exe\u2066', expected: 'safe gnp.exe' },
    { form: 'half a surrogate pair', text: 'half \ud83d pair', expected: 'half  pair' },
    { form: 'letters of any script', text: 'Ошибка: größer als 5 € 🙂', expected: 'Ошибка: größer als 5 € 🙂' },
    { form: 'markup, which is the page’s own business', text: '<b>no</b>', expected: '<b>no</b>' },
  ])('is cleaned: $form', async ({ text, expected }) => {
    expect(await issuesOf([text])).toEqual([shown(expected)]);
  });

  it('is cut at 500 characters', async () => {
    const issues = await issuesOf(['a'.repeat(499), 'b'.repeat(500), 'c'.repeat(501), 'd'.repeat(100_000)]);

    expect(issues).toEqual(['a'.repeat(499), 'b'.repeat(500), 'c'.repeat(500), 'd'.repeat(500)].map(shown));
  });

  it('is cut to 20 issues', async () => {
    const messages = Array.from({ length: 30 }, (_, index) => `Row ${index}`);

    expect(await issuesOf(messages)).toEqual(messages.slice(0, 20).map(shown));
  });

  it('fills the 20 issues with what may be shown', async () => {
    const messages = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? `Row ${index}` : CALLERS_TOKEN));

    const expected = messages.filter((message) => message !== CALLERS_TOKEN).map(shown);
    expect(await issuesOf(messages)).toEqual(expected);
  });
});

describe.each(targets)('text of $name that is never shown', (target) => {
  it.each([200, 201, 302, 500, 502, 503, 504])('under %i with the wrong shape', async (status) => {
    const text = 'Traceback: canary-upstream-text in handler.py, line 7';
    const stack = status === 200 ? { stack: text } : { ...target.refusal(status, text), stack: text };
    const standIn = target.standIn(world);
    standIn.faults.always(fault.answer(status, { 'x-debug': text, 'retry-after': '3600' }, stack));

    const answers = [await send(world, target, 'write', CALLER), await send(world, target, 'read', CALLER)];

    expect(answers.map(({ errors }) => errors?.map(({ extensions }) => extensions['issues']))).toEqual([
      [undefined],
      [undefined],
    ]);
  });
});

describe.each(targets)('the configured credential of $name', (target) => {
  it('is dropped with the text that repeats it', async () => {
    const service = await startWatchedWorld();
    target
      .standIn(service)
      .faults.once(fault.answer(400, {}, target.refusal(400, `key ${AEGISTER_TOKEN.toUpperCase()}`)));
    target.standIn(service).faults.once(fault.answer(400, {}, target.refusal(400, `key ${RADAR_API_KEY}`)));
    target.standIn(service).faults.once(fault.answer(400, {}, target.refusal(400, 'key unknown')));

    const answers = [];
    for (let count = 0; count < 3; count += 1) answers.push(await send(service, target, 'write'));

    expect(answers.map(({ errors }) => errors?.[0]?.extensions['issues'])).toEqual([
      undefined,
      undefined,
      [shown('key unknown')],
    ]);
    expect(service.leaks()).toEqual([]);
    await service.close();
  });
});

describe('a configured secret that holds spaces', () => {
  const SECRET = 'canary of several words';
  it.each(['canary of several words', 'canary\nof several\r\nwords', 'canary of sev\neral words'])(
    'is found however the text breaks it: %j',
    async (form) => {
      const spaced = await startWatchedWorld({ AEGISTER_TOKEN: SECRET }, [SECRET]);
      spaced.aegister.faults.once(fault.answer(400, {}, { error: 1, messages: [`No: ${form}`, 'kept'], data: null }));

      const answer = await send(spaced, aegisterTarget, 'write');

      expect(answer.errors?.[0]?.extensions['issues']).toEqual([shown('kept')]);
      expect(spaced.leaks()).toEqual([]);
      await spaced.close();
    },
  );
});
