import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { radarTarget } from '../support/failing-calls.ts';
import { entriesOf } from '../support/log-entries.ts';
import { openRawConnection, rawRequest, type RawConnection } from '../support/raw-connection.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const { read, write } = radarTarget;
const groups = [seedIds.ransomwareGroup, seedIds.phishingGroup] as const;

let world: World;
let connections: readonly RawConnection[] = [];

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

const post = (body: object) =>
  rawRequest('POST', '/graphql', { 'content-type': 'application/json' }, JSON.stringify(body));

/** The whole of the `count`th answer on a connection, and of those before it. */
const answers = (count: number) => new RegExp(`^(?:HTTP/1\\.1 200 OK\\r\\n[^]*?\\}\\n){${count}}$`);

/** The title that an answer about a group has. */
const titleIn = (ask: Ask, group: string) =>
  JSON.stringify(ask === asWrite ? `new title of ${group}` : world.radar.group(group)?.title);

/** Has both clients ask what is known already, since that is answered the short way, and Radar hold their calls. */
async function holdBoth(ask: Ask) {
  for (const group of groups) await world.send(ask(group).query, ask(group).variables);
  world.reset();
  const held = groups.map((group) => {
    const hold = fault.hold();
    world.radar.faults.once(hold, ({ path, body }) => `${path} ${body}`.includes(group));
    return hold;
  });
  // The clock only, which stands still: turns have to be real ones.
  vi.useFakeTimers({ toFake: ['performance'] });
  groups.forEach((group, index) => connections[index]?.write(post(ask(group))));
  await Promise.all(held.map(({ arrived }) => arrived));
  return held;
}

/** Pairs of answers that are looked at: the network may have one of them late, most it has not. */
const PAIRS = 5;
/** More than any answer takes, once Radar has given its own. */
const MAX_TURNS = 10_000;

/** Lets turns of the event loop go by until something is so. @throws Error when it never is */
async function turnsUntil(isSo: () => boolean, everyTurn: () => void = () => undefined): Promise<void> {
  for (let turn = 0; !isSo(); turn += 1) {
    if (turn === MAX_TURNS) throw new Error('nothing came of so many turns');
    await nextTurn();
    everyTurn();
  }
}

/**
 * Lets Radar answer the first client, and so many turns of the event loop later the other.
 * @returns how many of the pairs arrived at their clients in one turn
 */
async function pairsInOneTurn(ask: Ask, turnsLater: number, everyTurn: () => void = () => undefined): Promise<number> {
  let inOneTurn = 0;
  for (let pair = 1; pair <= PAIRS; pair += 1) {
    const [first, second] = await holdBoth(ask);
    const arrivedIn: number[] = [];
    let turn = 0;
    const arrived = connections.map(async (connection, index) => {
      const text = await connection.received(answers(pair));
      arrivedIn.push(turn);
      expect(text.slice(text.lastIndexOf('{"data"'))).toContain(titleIn(ask, groups[index] ?? ''));
    });
    first?.release();
    const haveArrived = Promise.all(arrived);
    await turnsUntil(
      () => arrivedIn.length === arrived.length,
      () => {
        turn += 1;
        everyTurn();
        if (turn === turnsLater + 1) second?.release();
      },
    );
    await haveArrived;
    vi.useRealTimers();
    if (arrivedIn[0] === arrivedIn[1]) inOneTurn += 1;
  }
  return inOneTurn;
}

describe.each([
  ['reads', asRead, 'operation', undefined],
  ['writes', asWrite, 'audit', true],
])('answers to %s', (_what, ask, waitsAfter, seenLeaving) => {
  it('are given in one turn of the event loop when one is ready two turns after the other', async () => {
    expect(await pairsInOneTurn(ask, 2)).toBeGreaterThan(PAIRS / 2);
  });

  it('are given each on its own when one is ready three turns after the other', async () => {
    expect(await pairsInOneTurn(ask, 3)).toBeLessThan(PAIRS / 2);
  });

  it('do not wait for others when a turn takes a millisecond', async () => {
    expect(await pairsInOneTurn(ask, 2, () => vi.advanceTimersByTime(1))).toBeLessThan(PAIRS / 2);
  });

  it('wait for no call that is still under way', async () => {
    const [first, second] = await holdBoth(ask);
    first?.release();
    expect(await connections[0]?.received(answers(1))).toContain(titleIn(ask, groups[0]));
    second?.release();
    expect(await connections[1]?.received(answers(1))).toContain(titleIn(ask, groups[1]));
  });

  it('are given to those who stay when one leaves whose answer waits', async () => {
    const [first, second] = await holdBoth(ask);
    const before = world.logLines.length;
    first?.release();
    const linesSince = (message: string) => entriesOf(world.logLines.slice(before), message);
    // The line that is written right before the wait: of a read its last, of a write its record.
    await turnsUntil(() => linesSince(waitsAfter).length === 1);
    connections[0]?.destroy();
    second?.release();
    expect(await connections[1]?.received(answers(1))).toContain(titleIn(ask, groups[1]));
    const [ofFirst, ofSecond] = linesSince('operation');
    expect([ofFirst?.['clientLeft'], ofSecond?.['clientLeft']]).toEqual([seenLeaving, undefined]);
    expect(linesSince('audit').map(({ outcome }) => outcome)).toEqual(ask === asWrite ? ['APPLIED', 'APPLIED'] : []);
  });
});
