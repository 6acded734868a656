import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import {
  aegisterTarget,
  callsTo,
  expectFailure,
  expectSuccess,
  radarTarget,
  send,
  targets,
  type Target,
} from '../support/failing-calls.ts';
import { startWatchedWorld, type WatchedWorld } from '../support/watched-world.ts';

const CALLERS_SECRET = 'canary-of-the-caller-77aa';

/** The headers by which a caller of the `forward` mode identifies himself. */
function own(target: Target, secret = CALLERS_SECRET): Record<string, string> {
  return target.name === 'aegister' ? { 'X-Aegister-Token': secret } : { PgrApiKey: secret };
}

function otherThan(target: Target): Target {
  return target === aegisterTarget ? radarTarget : aegisterTarget;
}

describe.each(targets)('the credential of the caller at $name', (target) => {
  let world: WatchedWorld;
  beforeAll(async () => {
    const settings = { [`${target.prefix}_AUTH`]: 'forward' };
    world = await startWatchedWorld(settings, [CALLERS_SECRET]);
  });
  beforeEach(() => {
    world.reset();
    target.prepare(world);
  });
  afterEach(() => {
    expect(world.leaks()).toEqual([]);
  });
  afterAll(() => world.close());

  it.each([
    { status: 401, code: 'UNAUTHENTICATED' },
    { status: 403, code: 'FORBIDDEN' },
  ])('$status is $code, on a mutation and on a read', async ({ status, code }) => {
    target.standIn(world).faults.always(fault.answer(status, {}, target.refusal(status, 'No access')));

    const common = {
      code,
      retryable: false,
      issues: [{ path: null, code: 'UPSTREAM_MESSAGE', message: 'No access' }],
      upstream: { status, code: target.refusalCode(status) },
    };
    expectFailure(await send(world, target, 'write', own(target)), target, 'write', {
      ...common,
      outcome: 'NOT_APPLIED',
    });
    expectFailure(await send(world, target, 'read', own(target)), target, 'read', common);
    expect(callsTo(world, target)).toEqual([target.writeCall, target.readCall]);
  });

  it('a token that the backend does not know is UNAUTHENTICATED, and the write is not done', async () => {
    const answer = await send(world, target, 'write', own(target));

    expect(answer.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED', outcome: 'NOT_APPLIED' } }]);
    expect(target.isWritten(world)).toBe(false);
  });

  it.each([
    { caller: 'without a credential', headers: {} },
    { caller: 'with an empty one', headers: own(target, '') },
    { caller: 'with one for the other backend only', headers: own(otherThan(target)) },
  ])('a caller $caller is UNAUTHENTICATED with nothing sent', async ({ headers }) => {
    const refused = { code: 'UNAUTHENTICATED', retryable: false };
    expectFailure(await send(world, target, 'write', headers), target, 'write', {
      ...refused,
      outcome: 'NOT_APPLIED',
      message: 'This request carries no credential for the backend; nothing was changed.',
    });
    expectFailure(await send(world, target, 'read', headers), target, 'read', {
      ...refused,
      message: 'This request carries no credential for the backend.',
    });
    expect(world.calls()).toEqual({ aegister: [], radar: [] });
  });
});

describe.each(targets)('the configured credential at $name', (target) => {
  const CONFIGURED = 'canary-of-a-revoked-credential-31';
  let world: WatchedWorld;
  beforeAll(async () => {
    const name = target.name === 'aegister' ? 'AEGISTER_TOKEN' : 'RADAR_API_KEY';
    world = await startWatchedWorld({ [name]: CONFIGURED }, [CONFIGURED, CALLERS_SECRET]);
  });
  beforeEach(() => {
    world.reset();
    target.prepare(world);
  });
  afterEach(() => {
    expect(world.leaks()).toEqual([]);
  });
  afterAll(() => world.close());

  it('is UPSTREAM_AUTH_FAILED when the backend has revoked it, whatever credential the caller sends', async () => {
    const answer = await send(world, target, 'write', own(target));

    const message = target.name === 'aegister' ? 'Invalid token' : 'Unauthorized';
    expectFailure(answer, target, 'write', {
      code: 'UPSTREAM_AUTH_FAILED',
      retryable: false,
      outcome: 'NOT_APPLIED',
      issues: [{ path: null, code: 'UPSTREAM_MESSAGE', message }],
      upstream: { status: 401, code: target.refusalCode(401) },
    });
    expect(target.isWritten(world)).toBe(false);
    expect(callsTo(world, target)).toEqual([target.writeCall]);
  });

  it('leaves the fields of the other backend alone', async () => {
    const other = otherThan(target);
    other.prepare(world);

    expectSuccess(await send(world, other, 'read'), other.read);
  });
});
