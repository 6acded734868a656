import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startStandIn, type StandIn } from '../stand-ins/stand-in-server.ts';
import { targets, type Target } from '../support/failing-calls.ts';
import {
  brokenRows,
  elsewhere,
  hangingRows,
  interimRows,
  MAX_BYTES,
  statusRows,
  unusableRows,
  type AnswerRow,
} from '../support/faults/answer-rows.ts';
import { connectionRows } from '../support/faults/connection-rows.ts';
import { envelopeRows } from '../support/faults/envelope-rows.ts';
import { faultsPage, type Line } from '../support/faults/faults-page.ts';
import {
  expectTruth,
  playRow,
  startWorlds,
  waysOf,
  WAYS,
  type Seen,
  type Way,
  type Worlds,
} from '../support/faults/play-row.ts';
import { playConnectionRow } from '../support/faults/play-connection-row.ts';
import { expectPublished } from '../support/published-page.ts';

const lines: Line[] = [];

/** Plays a row against one backend in all its ways side by side, and asserts what the contract says. */
async function checkRow(row: AnswerRow, target: Target, worlds: Worlds): Promise<Line> {
  const ways = waysOf(row);
  const seen = new Map<Way, Seen>();
  await Promise.all(ways.map(async (way) => seen.set(way, await playRow(row, target, way, worlds[way]))));

  const { told, arrivals } = row.verdict;
  for (const [way, found] of seen) {
    const moment = way === 'read' ? 'read' : 'write';
    expect({ way, ...found }).toMatchObject({ way, told: told[moment], arrivals: arrivals[moment] });
    if (moment === 'write') expectTruth(found);
    // The row did to the backend what it was meant to do, or there would be nothing to compare with.
    if (way === 'done' || way === 'not done')
      expect({ way, written: found.written }).toEqual({ way, written: way === 'done' });
  }
  return {
    section: row.section,
    what: row.what,
    backend: target.name,
    read: told.read,
    readSends: String(arrivals.read),
    write: told.write,
    writeSends: String(arrivals.write),
    state: ways.includes('done') ? 'both' : seen.get('as it is')?.written === true ? 'done' : 'not done',
  };
}

function describeRows(title: string, rows: readonly AnswerRow[], settings: Readonly<Record<string, string>>): void {
  describe(title, () => {
    let worlds: Worlds;
    let other: StandIn;
    beforeAll(async () => {
      other = await startStandIn({ host: '127.0.0.1', port: 0, handle: () => ({ status: 200, body: {} }) });
      elsewhere.url = other.url;
      worlds = await startWorlds(settings);
    });
    beforeEach(async () => {
      for (const way of WAYS) worlds[way].reset();
      // A connection that the row before has spoilt must not be what this row meets.
      const standIns = WAYS.flatMap((way) => [worlds[way].aegister, worlds[way].radar]);
      await Promise.all(standIns.map((standIn) => standIn.dropConnections()));
    });
    afterAll(async () => {
      await Promise.all([other.close(), ...WAYS.map((way) => worlds[way].close())]);
    });

    it.each(rows)('$section: $what: no wrong outcome', async (row) => {
      const concerned = targets.filter(({ name }) => row.only === undefined || row.only === name);
      lines.push(...(await Promise.all(concerned.map((target) => checkRow(row, target, worlds)))));
      expect(other.connectionCount).toBe(0);
    });
  });
}

describe('a backend that cannot be reached or is not asked', () => {
  it.each(connectionRows)('$section: $what: no wrong outcome', async (row) => {
    for (const target of targets) lines.push(await playConnectionRow(row, target));
  });
});

describeRows('a backend that breaks off or answers badly', [...brokenRows, ...interimRows, ...unusableRows], {
  MAX_RESPONSE_BYTES: String(MAX_BYTES),
});
describeRows('a backend that answers', [...statusRows, ...envelopeRows], {});
describeRows('a backend that hangs', hangingRows, { TIMEOUT_MS: '1000' });

it('is published', () => expectPublished('faults.md', faultsPage(lines)));
