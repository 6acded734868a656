import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { ABOUT, record, recordsOf, SERVICE } from '../support/audit-records.ts';
import { aegisterTarget, radarTarget, send, targets } from '../support/failing-calls.ts';
import { entriesOf } from '../support/log-entries.ts';
import { startTokenWorld } from '../support/token-world.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
  for (const target of targets) target.prepare(world);
});
afterAll(() => world.close());

it('a write whose client has left is recorded all the same', async () => {
  const held = fault.hold();
  world.aegister.faults.once(held);
  const client = new AbortController();
  const { query, variables } = aegisterTarget.write;
  const { records } = await recordsOf(world, async () => {
    const request = fetch(`${world.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-correlation-id': 'call-7' },
      body: JSON.stringify({ query, variables }),
      signal: client.signal,
    });
    await held.arrived;
    client.abort();
    await expect(request).rejects.toThrow();
    held.release();
    await expect.poll(() => entriesOf(world.logLines, 'operation').at(-1)?.['correlationId']).toBe('call-7');
  });
  expect(records).toEqual([record({ ...ABOUT.aegister, outcome: 'APPLIED' })]);
});

it.each(['silent', 'fatal', 'error'])('LOG_LEVEL=%s silences no record', async (LOG_LEVEL) => {
  const quiet = await startWorld({ LOG_LEVEL });
  try {
    const { lines, records } = await recordsOf(quiet, () => send(quiet, radarTarget, 'write'));
    expect([lines.length, records.length]).toEqual([1, 1]);
  } finally {
    await quiet.close();
  }
});

it('callers with credentials of their own are told apart by fingerprints, the same within a process', async () => {
  const forwarding = await startWorld({ AEGISTER_AUTH: 'forward', RADAR_AUTH: 'forward' });
  try {
    const callers = [
      { pgrapikey: 'canary-one' },
      { pgrapikey: 'canary-two' },
      { pgrapikey: 'canary-one', 'pgr-user-id': seedIds.dayAnalyst },
      { pgrapikey: 'canary-one' },
      {},
    ];
    const { lines, records } = await recordsOf(forwarding, async () => {
      for (const caller of callers) await send(forwarding, radarTarget, 'write', caller);
    });
    const uses = records.map(({ caller }) => (caller as typeof SERVICE).credentials);
    const fingerprints = uses.map(({ radar }) => ('fingerprint' in radar ? radar.fingerprint : undefined));
    expect(uses.map(({ aegister, radar }) => [aegister, radar.mode])).toEqual(
      Array(5).fill([{ mode: 'forward' }, 'forward']),
    );
    expect(new Set(fingerprints).size).toBe(4);
    expect(fingerprints[3]).toBe(fingerprints[0]);
    expect(fingerprints.slice(0, 4)).toEqual(Array(4).fill(expect.stringMatching(/^[0-9a-f]{12}$/)));
    expect(fingerprints[4]).toBeUndefined();
    expect(lines.join('')).not.toContain('canary');
  } finally {
    await forwarding.close();
  }
});

it('who a token names is recorded, also for a write that the token does not allow', async () => {
  const asking = await startTokenWorld({ LOG_LEVEL: 'info' });
  try {
    const { query, variables } = radarTarget.write;
    radarTarget.prepare(asking);
    const claims = { sub: 'analyst-7', azp: 'desk', organizations: [] };
    const { records } = await recordsOf(asking, async () => {
      await asking.sendAs({ ...claims, scope: 'incident-group:write' }, query, variables);
      await asking.sendAs({ ...claims, scope: 'incident-group:read' }, query, variables);
    });

    const caller = { ...SERVICE, subject: 'analyst-7', clientId: 'desk' };
    const correlationId: unknown = expect.any(String);
    expect(records).toEqual([
      record({ ...ABOUT.radar, caller, correlationId, outcome: 'APPLIED' }),
      record({ ...ABOUT.radar, caller, correlationId, outcome: 'NOT_APPLIED', code: 'FORBIDDEN' }),
    ]);
  } finally {
    await asking.close();
  }
});
