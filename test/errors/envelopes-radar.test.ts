import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import type { JsonValue } from '../stand-ins/json.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { vendorExamples } from '../stand-ins/vendor-examples.ts';
import { callsTo, expectFailure, expectSuccess, radarTarget as target, send } from '../support/failing-calls.ts';
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

/** Whatever is asked, this is answered; a write is applied first, so that only the answer is in doubt. */
function answers(body: JsonValue, status = 200): void {
  world.radar.faults.always(fault.answer(status, {}, body, { applied: true }));
}

const shown = (message: string) => ({ path: null, code: 'UPSTREAM_MESSAGE', message });

async function expectRejected(code: string | null, issues: readonly object[]): Promise<void> {
  const rejected = {
    code: 'UPSTREAM_REJECTED',
    retryable: false,
    upstream: { status: 200, code },
    ...(issues.length > 0 && { issues }),
  };
  expectFailure(await send(world, target, 'write'), target, 'write', { ...rejected, outcome: 'NOT_APPLIED' });
  expectFailure(await send(world, target, 'read'), target, 'read', rejected);
  expect(callsTo(world, target)).toEqual([target.writeCall, target.readCall]);
}

async function expectUnusable(code: string | null): Promise<void> {
  const unusable = { code: 'UPSTREAM_BAD_RESPONSE', retryable: false, upstream: { status: 200, code } };
  expectFailure(await send(world, target, 'write'), target, 'write', { ...unusable, outcome: 'UNKNOWN' });
  expectFailure(await send(world, target, 'read'), target, 'read', unusable);
  expect(callsTo(world, target)).toEqual([target.writeCall, target.readCall]);
  expect(target.isWritten(world)).toBe(true);
}

describe('an error of Radar under 200', () => {
  const codes: readonly { readonly errorCode: JsonValue; readonly code: string }[] = [
    { errorCode: 11002, code: '11002' },
    { errorCode: '11002', code: '11002' },
    { errorCode: '11002 // общая ошибка удаления', code: '11002' },
    { errorCode: [11002], code: '11002' },
    { errorCode: ['11002'], code: '11002' },
    { errorCode: ['11002 // общая ошибка удаления', 11003], code: '11002' },
    // "Nothing touched" and "not found" are refusals like any other: no finer class is guessed from a number in a body.
    { errorCode: 11003, code: '11003' },
    { errorCode: 11004, code: '11004' },
  ];

  it.each(codes)('is UPSTREAM_REJECTED with error_code $errorCode', async ({ errorCode, code }) => {
    answers({ error: 'General error', error_code: errorCode });

    await expectRejected(code, [shown('General error')]);
  });

  it.each(codes)(
    'is UPSTREAM_REJECTED with error_code $errorCode in the middle of a group',
    async ({ errorCode, code }) => {
      world.radar.faults.always(fault.lie({ error_code: errorCode }));

      await expectRejected(code, []);
    },
  );

  it.each([undefined, null, []])('is UPSTREAM_REJECTED by its text alone, error_code %j', async (errorCode) => {
    world.radar.faults.always(fault.lie({ error: 'General error', error_code: errorCode }));

    await expectRejected(null, [shown('General error')]);
  });

  it.each(['Общая ошибка удаления', 'not found', 'Not found', 'Not Found'])(
    'shows the text %j as it is and decides nothing by it',
    async (error) => {
      answers({ error, error_code: 11002 });

      await expectRejected('11002', [shown(error)]);
    },
  );

  it('with blocking relations does not show their names', async () => {
    answers({ error: 'Blocked', error_code: 11011, relations: { assets: [{ id: 'a1', name: 'Payroll server' }] } });

    await expectRejected('11011', [shown('Blocked')]);
  });

  it.each([
    { error: undefined, errorCode: 0 },
    { error: undefined, errorCode: '0' },
    { error: '', errorCode: 0 },
    { error: null, errorCode: null },
    { error: '', errorCode: [] },
  ])('is none where error is $error and error_code is $errorCode', async ({ error, errorCode }) => {
    world.radar.faults.always(fault.lie({ error, error_code: errorCode }));

    expectSuccess(await send(world, target, 'write'), target.write);
  });

  it.each([
    { error: undefined, errorCode: {}, code: null },
    { error: 'Bad Request', errorCode: 0, code: '0' },
    { error: { text: 'no' }, errorCode: undefined, code: null },
    { error: ['no'], errorCode: undefined, code: null },
    { error: true, errorCode: undefined, code: null },
    { error: undefined, errorCode: 'unknown', code: null },
    { error: undefined, errorCode: true, code: null },
    { error: undefined, errorCode: [[11002]], code: null },
    { error: undefined, errorCode: [{}], code: null },
  ])('of unknown shape is never a success: error $error, error_code $errorCode', async ({ error, errorCode, code }) => {
    world.radar.faults.always(fault.lie({ error, error_code: errorCode }));

    await expectUnusable(code);
  });
});

describe('an answer of Radar under 200 that is no group', () => {
  it.each([
    [{}],
    [[]],
    [null],
    ['updated'],
    [1],
    [true],
    [[{ id: seedIds.emptyGroup }]],
    [{ objects: [{ id: seedIds.emptyGroup }], total: 1 }],
    [{ title: 'no id' }],
    [{ id: null, title: 'x' }],
    [{ id: 7, title: 'x' }],
    [{ id: '', title: 'x' }],
    [{ id: [seedIds.emptyGroup], title: 'x' }],
    [{ id: seedIds.phishingGroup, title: 'another group' }],
  ])('is UPSTREAM_BAD_RESPONSE: %j', async (body) => {
    answers(body);

    await expectUnusable(null);
  });

  it('is UPSTREAM_BAD_RESPONSE with an empty body, which another resource documents as success', async () => {
    world.radar.faults.always(fault.emptyBody(200, { applied: true }));

    await expectUnusable(null);
  });
});

describe('fields that Radar names in extra.fields', () => {
  const inUse = (path: readonly string[]) => ({
    path,
    code: 'ALREADY_IN_USE',
    message: 'This value is already in use.',
  });
  const conflictOnRead = { code: 'CONFLICT', retryable: false, upstream: { status: 409, code: '409' } };
  const conflict = { ...conflictOnRead, outcome: 'NOT_APPLIED' } as const;

  it.each([
    { fields: ['name'], issues: [inUse(['input', 'title'])] },
    { fields: ['title'], issues: [inUse(['input', 'title'])] },
    // Two names of one field are one fault of it.
    { fields: ['name', 'title'], issues: [inUse(['input', 'title'])] },
    { fields: ['description'], issues: [inUse(['input', 'description'])] },
    { fields: ['user_id', 'group_id'], issues: [inUse(['input', 'userId']), inUse(['input', 'groupId'])] },
    { fields: ['trace_id'], issues: [inUse(['input', 'traceId'])] },
    { fields: ['service_asset_findings'], issues: [inUse(['input', 'relations', 'serviceAssetFindingIds'])] },
    { fields: ['_relations'], issues: [inUse(['input', 'relations'])] },
    { fields: [1, null, { a: 1 }, 'title'], issues: [inUse(['input', 'title'])] },
    { fields: [1, null, { a: 1 }], issues: [shown('Bad Request')] },
    { fields: [], issues: [shown('Bad Request')] },
    { fields: null, issues: [shown('Bad Request')] },
    { fields: { name: true }, issues: [shown('Bad Request')] },
  ])('$fields become issues in terms of the input', async ({ fields, issues }) => {
    answers({ error: 'Bad Request', error_code: 409, extra: { fields } }, 409);

    expectFailure(await send(world, target, 'write'), target, 'write', { ...conflict, issues });
    expect(callsTo(world, target)).toEqual([target.writeCall]);
  });

  it.each(['no_such_column', 'constructor', '__proto__'])(
    'become an issue without a path when unknown: %s',
    async (name) => {
      answers({ error: 'Bad Request', error_code: 409, extra: { fields: [name] } }, 409);

      const message = `This value is already in use. The backend names the field "${name}".`;
      const issues = [{ path: null, code: 'ALREADY_IN_USE', message }];
      expectFailure(await send(world, target, 'write'), target, 'write', { ...conflict, issues });
    },
  );

  it.each([null, [], 'name', 7])('are not needed: extra %j', async (extra) => {
    answers({ error: 'Bad Request', error_code: 409, extra }, 409);

    expectFailure(await send(world, target, 'write'), target, 'write', { ...conflict, issues: [shown('Bad Request')] });
  });

  it('are refused values under 400 and 422', async () => {
    answers({ error: 'Bad Request', error_code: 400, extra: { fields: ['description'] } }, 400);

    expectFailure(await send(world, target, 'write'), target, 'write', {
      code: 'BAD_USER_INPUT',
      retryable: false,
      outcome: 'NOT_APPLIED',
      issues: [{ path: ['input', 'description'], code: 'INVALID', message: 'The backend refused this value.' }],
      upstream: { status: 400, code: '400' },
    });
  });

  it('have no path on a read, which has no input', async () => {
    answers({ error: 'Bad Request', error_code: 409, extra: { fields: ['name'] } }, 409);

    const issues = [{ ...inUse([]), path: null }];
    expectFailure(await send(world, target, 'read'), target, 'read', { ...conflictOnRead, issues });
  });
});

describe("the error examples of Radar's page", () => {
  const { errorAnswers } = vendorExamples.radar;
  it.each([
    { status: 400, text: errorAnswers[400], code: 'BAD_USER_INPUT', outcome: 'NOT_APPLIED' },
    { status: 404, text: errorAnswers[404], code: 'NOT_FOUND', outcome: 'NOT_APPLIED' },
    { status: 409, text: errorAnswers[409], code: 'CONFLICT', outcome: 'NOT_APPLIED' },
    { status: 500, text: errorAnswers[500], code: 'UPSTREAM_ERROR', outcome: 'UNKNOWN' },
  ])('$status is $code', async ({ status, text, code, outcome }) => {
    world.radar.faults.always(fault.text(status, text));

    const answer = await send(world, target, 'write');

    const upstream = { name: 'radar', status, code: String(status) };
    expect(answer.errors).toMatchObject([{ extensions: { code, outcome, retryable: false, upstream } }]);
  });
});
