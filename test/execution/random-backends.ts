import { UpstreamError } from '../../src/errors/upstream-error.ts';
import type { RequestContext } from '../../src/request-context.ts';
import { diceFor } from './dice.ts';

/** What a resolver may come to, the same for the same seed and place. */
export function randomOutcome(seed: number, place: string, value: () => unknown): unknown {
  const dice = diceFor(seed, place);
  const failure = dice.pick<unknown>([
    new Error(`failed at ${place}`),
    new UpstreamError({ backend: 'radar', kind: 'failed', sent: true, status: 502 }),
    'no error at all',
  ]);
  const afterTurns = async (outcome: () => unknown) => {
    for (let turns = dice.below(5); turns > 0; turns -= 1) await Promise.resolve();
    return outcome();
  };
  const later = (outcome: () => unknown) => {
    const promise = afterTurns(outcome);
    // Where nobody asks for it in the end, its failure is nobody's error.
    promise.catch(() => undefined);
    return promise;
  };
  const fail = () => {
    throw failure;
  };
  const roll = dice.below(100);
  if (roll < 4) return fail();
  if (roll < 8) return later(fail);
  if (roll < 12) return failure instanceof Error ? failure : new Error('as a value');
  if (roll < 16) return dice.chance(50) ? null : undefined;
  if (roll < 18) return dice.pick<unknown>([Number.NaN, {}, [], 'text', 3e9, true, () => 'called']);
  return roll < 50 ? later(value) : value();
}

/** A record every property of which is an outcome of its own, read anew each time. */
function randomRecord(seed: number, place: string, fields: readonly string[]): object {
  const record = {};
  for (const name of fields) {
    const get = () => {
      if (name === 'id' || name === 'organizationId') return diceFor(seed, place).chance(4) ? null : place;
      return randomOutcome(seed, `${place}.${name}`, () =>
        diceFor(seed, name).pick<unknown>(['text', '2023-12-20T00:00:01Z', 7, 1.5, 'DRAFT', false]),
      );
    };
    Object.defineProperty(record, name, { get, enumerable: true, configurable: true });
  }
  return record;
}

/** Backends that answer by chance, and what was asked of them, in order. */
export function randomContext(seed: number, fieldsOf: (type: string) => readonly string[]) {
  const calls: string[] = [];
  const answer = (place: string, type: string) => {
    calls.push(place);
    return randomOutcome(seed, place, () => randomRecord(seed, place, fieldsOf(type)));
  };
  const list = (place: string) => {
    calls.push(place);
    return randomOutcome(seed, place, () =>
      Array.from({ length: diceFor(seed, place).below(4) }, (_, index) => {
        const element = `${place}[${index}]`;
        return randomOutcome(seed, element, () => randomRecord(seed, element, fieldsOf('ServiceAssetFinding')));
      }),
    );
  };
  const text = (value: unknown) => JSON.stringify(value);
  const backends = {
    aegister: {
      loadIncident: (key: unknown) => answer(`incident ${text(key)}`, 'Incident'),
      updateIncident: (command: unknown) => answer(`update incident ${text(command)}`, 'Incident'),
    },
    radar: {
      loadGroup: (id: unknown, withFindings: unknown) => answer(`group ${text([id, withFindings])}`, 'IncidentGroup'),
      referToGroup: (id: string) => randomRecord(seed, `reference ${id}`, fieldsOf('IncidentGroup')),
      loadFinding: (id: unknown) => answer(`finding ${text(id)}`, 'ServiceAssetFinding'),
      loadFindingsOfEvent: (id: unknown) => list(`event ${text(id)}`),
      loadLinkedFindings: ({ id }: { id: unknown }, idsOnly: unknown) => list(`linked ${text([id, idsOnly])}`),
      updateIncidentGroup: (command: unknown) => answer(`update group ${text(command)}`, 'IncidentGroup'),
    },
  };
  // Stand-ins of the clients: they answer what no real client would, too.
  const caller = { subject: null, clientId: null };
  const limits = { listIds: 100, jsonDepth: 64 };
  const context: unknown = {
    correlationId: 'random',
    backends,
    limits,
    caller,
    credentials: () => ({}),
    sensitive: [],
  };
  return { context: context as RequestContext, calls };
}
