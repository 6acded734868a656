import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import type { JsonValue } from '../stand-ins/json.ts';
import { aegisterTarget as target, callsTo, expectFailure, expectSuccess, send } from '../support/failing-calls.ts';
import { startWatchedWorld, type WatchedWorld } from '../support/watched-world.ts';

let world: WatchedWorld;
beforeAll(async () => {
  world = await startWatchedWorld();
});
beforeEach(() => {
  world.reset();
  target.prepare(world);
});
afterEach(() => {
  expect(world.leaks()).toEqual([]);
});
afterAll(() => world.close());

/** Whatever is asked, this is answered under HTTP 200; a write is applied first, so that only the answer is in doubt. */
function answers(body: JsonValue): void {
  world.aegister.faults.always(fault.answer(200, {}, body, { applied: true }));
}

const shown = (...messages: string[]) => messages.map((message) => ({ path: null, code: 'UPSTREAM_MESSAGE', message }));

async function expectRejected(code: string | null, issues: readonly object[], readIssues = issues): Promise<void> {
  const named = (list: readonly object[]) => (list.length > 0 ? { issues: list } : {});
  const rejected = { code: 'UPSTREAM_REJECTED', retryable: false, upstream: { status: 200, code } };
  expectFailure(await send(world, target, 'write'), target, 'write', {
    ...rejected,
    outcome: 'NOT_APPLIED',
    ...named(issues),
  });
  expectFailure(await send(world, target, 'read'), target, 'read', { ...rejected, ...named(readIssues) });
  expect(callsTo(world, target)).toEqual([target.writeCall, target.readCall]);
}

async function expectUnusable(code: string | null): Promise<void> {
  const unusable = { code: 'UPSTREAM_BAD_RESPONSE', retryable: false, upstream: { status: 200, code } };
  expectFailure(await send(world, target, 'write'), target, 'write', { ...unusable, outcome: 'UNKNOWN' });
  expectFailure(await send(world, target, 'read'), target, 'read', unusable);
  expect(callsTo(world, target)).toEqual([target.writeCall, target.readCall]);
  expect(target.isWritten(world)).toBe(true);
}

describe('an error field of Aegister under 200', () => {
  it.each([
    { error: 1, code: '1' },
    { error: '1', code: '1' },
    { error: -1, code: '-1' },
    { error: 4031, code: '4031' },
    { error: 2.5, code: null },
    { error: true, code: null },
  ])('$error is UPSTREAM_REJECTED, also beside usable data', async ({ error, code }) => {
    world.aegister.faults.always(fault.lie({ error, messages: ['Severity is not allowed'] }));

    await expectRejected(code, shown('Severity is not allowed'));
  });

  it('a sentence is UPSTREAM_REJECTED, and the sentence an issue', async () => {
    answers({ error: 'Dossier is locked', messages: [], data: null });

    await expectRejected(null, shown('Dossier is locked'));
  });

  it.each([0, '0', false, '0.0', -0])('%j beside usable data is a success', async (error) => {
    world.aegister.faults.always(fault.lie({ error }));

    expectSuccess(await send(world, target, 'write'), target.write);
    expect(callsTo(world, target)).toEqual([target.writeCall]);
  });

  it.each([null, undefined, {}, [], [0], { code: 0 }, '', ' ', 'ok', 'none', '0x0'])(
    '%j is never a success, although the data could be used',
    async (error) => {
      world.aegister.faults.always(fault.lie({ error }));

      await expectUnusable(null);
    },
  );
});

describe('messages of Aegister beside error 1', () => {
  const titleIssue = (message: string) => [{ path: ['input', 'title'], code: 'UPSTREAM_MESSAGE', message }];

  it.each([
    { form: 'texts', messages: ['Too long', 'Not allowed'], expected: ['Too long', 'Not allowed'] },
    { form: 'one text instead of a list', messages: 'Too long', expected: ['Too long'] },
    { form: 'the filler of the vendor', messages: '<array>', expected: ['<array>'] },
    {
      form: 'objects with a text',
      messages: [{ message: 'Too long' }, { detail: 'No' }],
      expected: ['Too long', 'No'],
    },
    { form: 'numbers and booleans', messages: [12, false], expected: ['12', 'false'] },
    { form: 'lists inside lists', messages: [['Too long', ['No']], 'Last'], expected: ['Too long', 'No', 'Last'] },
    { form: 'a mixed list with nulls', messages: [null, 'Too long', null, 7], expected: ['Too long', '7'] },
    { form: 'blank texts', messages: ['', '  ', 'Too long'], expected: ['Too long'] },
    { form: 'null', messages: null, expected: [] },
    { form: 'an empty list', messages: [], expected: [] },
  ])('are understood as $form', async ({ messages, expected }) => {
    answers({ error: 1, messages, data: null });

    await expectRejected('1', shown(...expected));
  });

  it('may be missing', async () => {
    answers({ error: 1 });

    await expectRejected('1', []);
  });

  it.each([
    { form: 'in an item', messages: [{ field: 'title', message: 'Too long' }] },
    { form: 'as a key', messages: [{ title: ['Too long'] }] },
  ])('that name a field $form point at the input of a mutation', async ({ messages }) => {
    answers({ error: 1, messages, data: null });

    await expectRejected('1', titleIssue('Too long'), shown('Too long'));
  });

  it.each([
    { wire: '24h_notification', path: ['input', 'notification24h'] },
    { wire: 'reference_code', path: ['input', 'referenceCode'] },
    { wire: 'no_such_field', path: null },
    { wire: 'constructor', path: null },
  ])('that name $wire point at $path', async ({ wire, path }) => {
    answers({ error: 1, messages: [{ field: wire, message: 'Wrong' }], data: null });

    await expectRejected('1', [{ path, code: 'UPSTREAM_MESSAGE', message: 'Wrong' }], shown('Wrong'));
  });

  it.each([
    { form: 'a list of objects', errors: [{ field: 'title', message: 'Too long' }] },
    { form: 'a map from field to texts', errors: { title: ['Too long'] } },
  ])('are read from data.errors too, $form', async ({ errors }) => {
    answers({ error: 1, messages: [], data: { errors } });

    await expectRejected('1', titleIssue('Too long'), shown('Too long'));
  });

  it('come before those of data.errors', async () => {
    answers({ error: 1, messages: ['Two rows are wrong'], data: { errors: ['Row 1', 'Row 2'] } });

    await expectRejected('1', shown('Two rows are wrong', 'Row 1', 'Row 2'));
  });

  it('do not stop the service when they are nested beyond reason', async () => {
    const depth = 20_000;
    const text = `{"error":1,"messages":${'['.repeat(depth)}"deep"${']'.repeat(depth)},"data":null}`;
    world.aegister.faults.always(fault.text(200, text));

    const answer = await send(world, target, 'write');

    expect(answer.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_REJECTED', outcome: 'NOT_APPLIED' } }]);
  });
});

describe('an answer of Aegister with error 0 without usable data', () => {
  const anIncident = { id: 1024, organization_id: 3071, title: 'Somebody else' };

  it.each([
    { error: 0, messages: [] },
    // How other endpoints of the vendor answer: the id beside `error`, not in `data`.
    { error: 0, messages: [], organization: 123 },
    ...[null, [], '', 'saved', 0, true, [anIncident]].map((data) => ({ error: 0, messages: [], data })),
  ])('is UPSTREAM_BAD_RESPONSE: %j', async (body) => {
    answers(body);

    await expectUnusable('0');
  });

  it.each([
    { ...anIncident, id: 1025 },
    { ...anIncident, organization_id: 4118 },
    { ...anIncident, id: null },
    { ...anIncident, id: {} },
    { ...anIncident, id: true },
    { ...anIncident, id: 1024.5 },
    { ...anIncident, id: '01024' },
    { ...anIncident, organization_id: [3071] },
    { organization_id: 3071, title: 'no id' },
    {},
  ])('is UPSTREAM_BAD_RESPONSE when the data is of another incident or of none: %j', async (data) => {
    answers({ error: 0, messages: [], data });

    await expectUnusable(null);
  });

  it.each([[[]], [null], ['saved'], [0], [true], [{}], [[anIncident]]])(
    'is UPSTREAM_BAD_RESPONSE: the whole body is %j',
    async (body) => {
      answers(body);

      await expectUnusable(null);
    },
  );
});

describe('status and error field of Aegister', () => {
  const data = { id: 1024, organization_id: 3071, title: 'x' };

  it.each([
    { status: 400, code: 'BAD_USER_INPUT', outcome: 'NOT_APPLIED', retryable: false },
    { status: 404, code: 'NOT_FOUND', outcome: 'NOT_APPLIED', retryable: false },
    { status: 500, code: 'UPSTREAM_ERROR', outcome: 'UNKNOWN', retryable: false },
    { status: 503, code: 'UPSTREAM_UNAVAILABLE', outcome: 'NOT_APPLIED', retryable: true },
  ] as const)('are judged apart: error 0 with data under $status is $code', async ({ status, ...expected }) => {
    world.aegister.faults.always(fault.answer(status, {}, { error: 0, messages: [], data }));

    const upstream = { status, code: '0' };
    expectFailure(await send(world, target, 'write'), target, 'write', { ...expected, upstream });
  });

  it('are both failures in the documented 400 with error 1 and data.errors', async () => {
    const errors = [{ field: 'title', message: 'Too long' }];
    world.aegister.faults.always(fault.answer(400, {}, { error: 1, messages: [], data: { errors } }));

    expectFailure(await send(world, target, 'write'), target, 'write', {
      code: 'BAD_USER_INPUT',
      retryable: false,
      outcome: 'NOT_APPLIED',
      issues: [{ path: ['input', 'title'], code: 'UPSTREAM_MESSAGE', message: 'Too long' }],
      upstream: { status: 400, code: '1' },
    });
  });
});
