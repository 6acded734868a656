import { expect } from 'vitest';
import type { Moment, Target } from '../failing-calls.ts';
import type { World } from '../world.ts';
import type { ConnectionRow } from './connection-rows.ts';
import type { Line } from './faults-page.ts';
import { expectTruth, toldBy, type Way } from './play-row.ts';

/** Plays a row about connections against one backend, asserts what the contract says, and returns what was seen as a line of the matrix. */
export async function playConnectionRow(row: ConnectionRow, target: Target): Promise<Line> {
  const ways: readonly Way[] = row.twice === true ? ['read', 'done', 'not done'] : ['read', 'as it is'];
  let done = false;
  for (const way of ways) {
    const written = await playOnce(row, target, way);
    if (way === 'done' || way === 'not done') expect(written).toBe(way === 'done');
    else done ||= written;
  }
  const { told, arrivals } = row.verdict;
  const sends = (moment: Moment) => {
    const tries = row.tries?.[moment] ?? arrivals[moment];
    return tries === arrivals[moment]
      ? String(tries)
      : `${arrivals[moment]} (${tries === 1 ? 'one try' : `${tries} tries`})`;
  };
  return {
    section: row.section,
    what: row.what,
    backend: target.name,
    read: told.read,
    readSends: sends('read'),
    write: told.write,
    writeSends: sends('write'),
    state: row.twice === true ? 'both' : done ? 'done' : 'not done',
  };
}

/** Whether the write is in the state of the backend afterwards. */
async function playOnce(row: ConnectionRow, target: Target, way: Way): Promise<boolean> {
  const moment = way === 'read' ? 'read' : 'write';
  const stage = await row.open(target, way);
  try {
    const before = await sendsTo(stage.world, target);
    const answer = await stage.ask(moment);
    const told = toldBy(answer, moment);
    const written = target.isWritten(stage.world);
    const found = {
      way,
      status: answer.status,
      told,
      arrivals: stage.arrivals(),
      tries: (await sendsTo(stage.world, target)) - before,
    };
    const { verdict, tries = verdict.arrivals } = row;
    const expected = { told: verdict.told[moment], arrivals: verdict.arrivals[moment], tries: tries[moment] };
    expect(found).toEqual({ way, status: 200, ...expected });
    if (moment === 'write') expectTruth({ told, written });
    return written;
  } finally {
    await stage.close();
  }
}

/** Sends to this backend that are over, by the service's own count. */
async function sendsTo(world: World, { name }: Target): Promise<number> {
  const metrics = await (await fetch(`${world.url}/metrics`)).text();
  const counts = metrics.split('\n').filter((line) => line.startsWith('upstream_request_duration_seconds_count'));
  const own = counts.filter((line) => line.includes(`backend="${name}"`));
  return own.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
