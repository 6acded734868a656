import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { radarTarget } from '../support/failing-calls.ts';
import { openRawConnection, rawRequest, type RawConnection } from '../support/raw-connection.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const { read, write } = radarTarget;
const groups = [seedIds.ransomwareGroup, seedIds.phishingGroup] as const;

let world: World;
let connections: readonly [RawConnection, RawConnection];

beforeAll(async () => {
  world = await startSeededWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.reset();
  connections = [await openRawConnection(world.url), await openRawConnection(world.url)];
});
afterEach(() => {
  vi.useRealTimers();
  for (const connection of connections) connection.destroy();
});

/** What each of two clients asks, about a group of its own. */
type Ask = (group: string) => { readonly query: string; readonly variables: object };
const asRead: Ask = (id) => ({ query: read.query, variables: { id } });
const asWrite: Ask = (id) => ({ query: write.query, variables: { input: { id, title: `new title of ${id}` } } });

const ANSWERED = /\}\n$/;

/** The title that an answer about a group has. */
const titleIn = (ask: Ask, group: string) =>
  JSON.stringify(ask === asWrite ? `new title of ${group}` : world.radar.group(group)?.title);

const post = (body: object) =>
  rawRequest('POST', '/graphql', { 'content-type': 'application/json' }, JSON.stringify(body));

/** Both clients' calls, held by Radar. */
async function holdBoth(ask: Ask) {
  // A known operation has the short way.
  for (const group of groups) await world.send(ask(group).query, ask(group).variables);
  world.reset();
  const held = groups.map((group) => {
    const hold = fault.hold();
    world.radar.faults.once(hold, ({ path, body }) => `${path} ${body}`.includes(group));
    return hold;
  });
  groups.forEach((group, index) => connections[index]?.write(post(ask(group))));
  await Promise.all(held.map(({ arrived }) => arrived));
  return held;
}

/** Lets Radar answer the first client, and two turns of the event loop later the other. @returns the turns in which their answers arrived */
async function turnsOfAnswers(ask: Ask, everyTurn: () => void = () => undefined): Promise<readonly number[]> {
  const [first, second] = await holdBoth(ask);
  const progress = { turn: 0, isOver: false };
  const arrived = connections.map(async (connection) => {
    await connection.received(ANSWERED);
    return progress.turn;
  });
  const turns = Promise.all(arrived).finally(() => {
    progress.isOver = true;
  });
  // The clock only: turns have to be real ones.
  vi.useFakeTimers({ toFake: ['performance'] });
  first?.release();
  while (!progress.isOver) {
    await nextTurn();
    progress.turn += 1;
    everyTurn();
    if (progress.turn === 2) second?.release();
  }
  return turns;
}

describe.each([
  ['reads', asRead],
  ['writes', asWrite],
])('answers to %s', (_what, ask) => {
  it('that are ready within three turns of the event loop are given in one', async () => {
    const [first, second] = await turnsOfAnswers(ask);
    expect(first).toBe(second);
  });

  it('do not wait for others when a turn takes a millisecond', async () => {
    const [first = 0, second = 0] = await turnsOfAnswers(ask, () => vi.advanceTimersByTime(1));
    expect(first).toBeLessThan(second);
  });

  it('are given to whom they are for, and wait for no call that is still under way', async () => {
    const [first, second] = await holdBoth(ask);
    first?.release();
    expect(await connections[0].received(ANSWERED)).toContain(titleIn(ask, groups[0]));
    second?.release();
    expect(await connections[1].received(ANSWERED)).toContain(titleIn(ask, groups[1]));
  });

  it('are given to those who stay when somebody leaves', async () => {
    const [first, second] = await holdBoth(ask);
    first?.release();
    second?.release();
    connections[0].destroy();
    expect(await connections[1].received(ANSWERED)).toContain(titleIn(ask, groups[1]));
  });
});
