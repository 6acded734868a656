import { afterEach, describe, expect, it, vi } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { callsTo, expectFailure, expectSuccess, send, targets, type Target } from '../support/failing-calls.ts';
import { logEntry } from '../support/server-process.ts';
import { sendAndLeave } from '../support/leaving-client.ts';
import { startWorld, type World } from '../support/world.ts';

const NEVER = '600000';
const SHED = { code: 'UPSTREAM_UNAVAILABLE', retryable: true, upstream: { status: null, code: null } };

let world: World;
afterEach(() => world.close());

/** A world whose backend is left alone after three failures in a row. */
async function start(target: Target, settings: Record<string, string> = {}): Promise<void> {
  const own = Object.entries({ BREAKER_FAILURES: '3', BREAKER_COOL_DOWN_MS: NEVER, ...settings });
  world = await startWorld(Object.fromEntries(own.map(([name, value]) => [`${target.prefix}_${name}`, value])));
  target.prepare(world);
}

/** Fails so many writes: each is one send, whatever happens. */
async function failWrites(target: Target, times: number): Promise<void> {
  target.standIn(world).faults.times(times, fault.html(500));
  for (let count = 0; count < times; count += 1) {
    const { errors } = await send(world, target, 'write');
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_ERROR', upstream: { status: 500 } } }]);
  }
}

/** Waits until a cool-down of 1 ms that has begun is over, on the clock that the breaker goes by. */
async function whenCooledDown(): Promise<void> {
  const end = performance.now() + 1;
  await vi.waitFor(() => expect(performance.now()).toBeGreaterThanOrEqual(end), { interval: 1 });
}

async function readiness(): Promise<unknown> {
  return (await fetch(`${world.url}/readyz`)).json();
}

async function metric(name: string): Promise<readonly string[]> {
  const text = await (await fetch(`${world.url}/metrics`)).text();
  return text.split('\n').filter((line) => line.startsWith(name));
}

describe.each(targets)('the circuit breaker of $name', (target) => {
  const other = target.name === 'aegister' ? 'radar' : 'aegister';

  it('opens after so many failures in a row, and turns reads and writes away with nothing sent', async () => {
    await start(target);
    await failWrites(target, 3);

    expectFailure(await send(world, target, 'read'), target, 'read', SHED);
    expectFailure(await send(world, target, 'write'), target, 'write', { ...SHED, outcome: 'NOT_APPLIED' });

    expect(callsTo(world, target)).toHaveLength(3);
    expect(logEntry(world.logLines.at(-1) ?? '')).toMatchObject({
      outcomes: ['NOT_APPLIED'],
      causes: [
        {
          backend: target.name,
          kind: 'unavailable',
          sent: false,
          message: `${target.name}: unavailable: breaker open`,
        },
      ],
    });
    expect(await metric('upstream_shed_total')).toContain(
      `upstream_shed_total{backend="${target.name}",reason="breaker"} 2`,
    );
  });

  it('shows in /readyz as degraded, still 200, and in the metrics; the other backend is not touched', async () => {
    await start(target);
    await failWrites(target, 3);

    const response = await fetch(`${world.url}/readyz`);
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        status: 'degraded',
        backends: { [target.name]: { state: 'up', breaker: 'open' }, [other]: { state: 'up', breaker: 'closed' } },
      },
    ]);
    const states = await metric('upstream_breaker_state');
    expect(states).toHaveLength(6);
    expect(states.filter((line) => line.endsWith(' 1')).sort()).toEqual(
      [
        `upstream_breaker_state{backend="${target.name}",state="open"} 1`,
        `upstream_breaker_state{backend="${other}",state="closed"} 1`,
      ].sort(),
    );
    const spared = targets.find(({ name }) => name === other) ?? target;
    spared.prepare(world);
    expectSuccess(await send(world, spared, 'write'), spared.write);
  });

  it.each([
    ['400', fault.answer(400)],
    ['401', fault.answer(401)],
    ['404', fault.answer(404)],
    ['408', fault.html(408)],
    ['409', fault.answer(409)],
    ['425', fault.html(425)],
    ['429', fault.html(429)],
    ['an error under 200', fault.answer(200, {}, target.refusal(7, 'No'))],
    ['an answer about another record', fault.answer(200, {}, { error: 0, id: 'x', data: { id: 9 } })],
    ['an answer that is no JSON', fault.malformedJson()],
    ['a redirect', fault.redirect('http://127.0.0.1:9/')],
  ])('stays closed however often the answer is %s', async (_what, play) => {
    await start(target);
    target.standIn(world).faults.times(5, play);
    for (let count = 0; count < 5; count += 1) await send(world, target, 'write');
    expectSuccess(await send(world, target, 'write'), target.write);
  });

  it('stays closed when an answer of any kind comes between the failures', async () => {
    await start(target);
    for (let count = 0; count < 3; count += 1) {
      await failWrites(target, 2);
      target.standIn(world).faults.once(fault.answer(404));
      await send(world, target, 'write');
    }
    expectSuccess(await send(world, target, 'write'), target.write);
  });

  it.each([
    ['500', fault.html(500)],
    ['502', fault.html(502)],
    ['503', fault.html(503)],
    ['a reset', fault.resetBeforeHeaders()],
    ['an end inside the body', fault.endInsideBody()],
    ['bytes that are no HTTP', fault.rawBytes('SSH-2.0-OpenSSH_9.6\r\n')],
    ['no answer in time', fault.hangBeforeHeaders()],
  ])('opens after %s', async (_what, play) => {
    await start(target, { TIMEOUT_MS: '300' });
    target.standIn(world).faults.times(3, play);
    for (let count = 0; count < 3; count += 1) await send(world, target, 'write');
    expectFailure(await send(world, target, 'write'), target, 'write', { ...SHED, outcome: 'NOT_APPLIED' });
    expect(callsTo(world, target)).toHaveLength(3);
  });

  it('opens after refused connections, each send counted', async () => {
    await start(target);
    await target.standIn(world).stop();
    await send(world, target, 'read');
    expect(await readiness()).toMatchObject({ backends: { [target.name]: { state: 'down', breaker: 'open' } } });
  });

  it('stays closed when callers give their operations too little time, or go away', async () => {
    await start(target);
    const hanging = target.standIn(world).faults.always(fault.hangBeforeHeaders());
    for (let count = 0; count < 4; count += 1) await send(world, target, 'read', { 'x-operation-timeout-ms': '30' });
    for (let count = 0; count < 4; count += 1) {
      target.standIn(world).clearRequests();
      const client = await sendAndLeave(world, target.read.query, target.read.variables);
      await target.standIn(world).whenRequested(1);
      await client.leave();
      await client.logged();
    }
    hanging.remove();
    expectSuccess(await send(world, target, 'read'), target.read);
  });

  it('never opens when it is switched off by 0', async () => {
    await start(target, { BREAKER_FAILURES: '0' });
    await failWrites(target, 10);
    expect(await readiness()).toMatchObject({ status: 'ready' });
    expectSuccess(await send(world, target, 'write'), target.write);
  });

  it('lets one write through as a trial, turns all else away meanwhile, and closes when it succeeds', async () => {
    await start(target, { BREAKER_COOL_DOWN_MS: '1' });
    await failWrites(target, 3);
    await whenCooledDown();
    const held = fault.hold();
    target.standIn(world).faults.once(held);

    const trial = send(world, target, 'write');
    await held.arrived;
    expect(await readiness()).toMatchObject({
      status: 'degraded',
      backends: { [target.name]: { state: 'up', breaker: 'half-open' } },
    });
    const others = await Promise.all(Array.from({ length: 5 }, () => send(world, target, 'write')));
    for (const answer of others) expectFailure(answer, target, 'write', { ...SHED, outcome: 'NOT_APPLIED' });
    held.release();

    expectSuccess(await trial, target.write);
    expect(callsTo(world, target)).toHaveLength(4);
    expect(await readiness()).toMatchObject({ status: 'ready' });
    expectSuccess(await send(world, target, 'write'), target.write);
  });

  it('opens again when the trial fails, and stays so', async () => {
    await start(target, { BREAKER_FAILURES: '1', BREAKER_COOL_DOWN_MS: '1' });
    target.standIn(world).faults.times(3, fault.html(500));
    await vi.waitFor(async () => {
      await send(world, target, 'write');
      expect(callsTo(world, target)).toHaveLength(3);
    }, 10_000);
    expect(await readiness()).toMatchObject({ backends: { [target.name]: { breaker: 'open' } } });
  });

  it('takes the next call as trial when the client of the first one left, and closes when that is answered', async () => {
    await start(target, { BREAKER_COOL_DOWN_MS: '1' });
    await failWrites(target, 3);
    await whenCooledDown();
    target.standIn(world).faults.once(fault.hangBeforeHeaders());
    const client = await sendAndLeave(world, target.read.query, target.read.variables);
    await target.standIn(world).whenRequested(4);
    await client.leave();
    await client.logged();
    expect(await readiness()).toMatchObject({ backends: { [target.name]: { breaker: 'open' } } });

    expectSuccess(await send(world, target, 'read'), target.read);
    expect(await readiness()).toMatchObject({ status: 'ready' });
  });
});
