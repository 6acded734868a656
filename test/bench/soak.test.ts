import { describe, expect, it } from 'vitest';
import { createLedger, recordsIn } from '../../bench/soak/ledger.ts';
import { createRandom } from '../../bench/soak/random.ts';
import { createRequests, KINDS } from '../../bench/soak/requests.ts';
import { judge, type Told, type Write } from '../../bench/soak/truth.ts';

const write = (told: Told): Write => ({ id: 'run-1 updateIncident', value: 'run-1-aegister', told });
const recorded = (...outcomes: string[]) => outcomes.map((outcome) => ({ id: 'run-1 updateIncident', outcome }));

/** What the soak run says about one write that was applied so often and recorded so. */
const violations = (told: Told, times: number, ...outcomes: string[]) =>
  judge([write(told)], Array<string>(times).fill('run-1-aegister'), recorded(...outcomes)).violations;

describe('the verdict of the soak run', () => {
  it('accepts what is true', () => {
    expect(violations('APPLIED', 1, 'APPLIED')).toEqual([]);
    expect(violations('NOT_APPLIED', 0, 'NOT_APPLIED')).toEqual([]);
    expect(violations('UNKNOWN', 0, 'UNKNOWN')).toEqual([]);
    expect(violations('UNKNOWN', 1, 'UNKNOWN')).toEqual([]);
    expect(violations('REFUSED', 0)).toEqual([]);
    expect(violations('NOTHING', 0)).toEqual([]);
    expect(violations('NOTHING', 0, 'NOT_APPLIED')).toEqual([]);
    expect(violations('NOTHING', 1, 'APPLIED')).toEqual([]);
  });

  it('names a write that was told APPLIED and is lost', () => {
    expect(violations('APPLIED', 0, 'APPLIED')).toEqual([
      'run-1 updateIncident: the client was told APPLIED, and it was applied 0 times',
    ]);
  });

  it('names a write that was applied twice, whatever was told of it', () => {
    expect(violations('APPLIED', 2, 'APPLIED')).toHaveLength(1);
    expect(violations('UNKNOWN', 2, 'UNKNOWN')).toHaveLength(1);
    expect(violations('NOTHING', 2, 'UNKNOWN')).toHaveLength(1);
  });

  it('names a write that was told NOT_APPLIED, or refused, and applied all the same', () => {
    expect(violations('NOT_APPLIED', 1, 'NOT_APPLIED')).toEqual([
      'run-1 updateIncident: the client was told NOT_APPLIED, and it was applied 1 times',
    ]);
    expect(violations('REFUSED', 1)).toHaveLength(1);
  });

  it('names a record that is missing, doubled or differs from what was told', () => {
    expect(violations('APPLIED', 1)).toEqual([
      'run-1 updateIncident: the client was told APPLIED, the record has no line',
    ]);
    expect(violations('APPLIED', 1, 'APPLIED', 'APPLIED')).toHaveLength(1);
    expect(violations('UNKNOWN', 1, 'APPLIED')).toHaveLength(1);
    expect(violations('REFUSED', 0, 'NOT_APPLIED')).toHaveLength(1);
  });

  it('names a record about a client that left which does not fit what the backend did', () => {
    expect(violations('NOTHING', 1)).toEqual(['run-1 updateIncident: applied 1 times, the record has no line']);
    expect(violations('NOTHING', 0, 'APPLIED')).toHaveLength(1);
    expect(violations('NOTHING', 1, 'NOT_APPLIED')).toHaveLength(1);
    expect(violations('NOTHING', 0, 'UNKNOWN', 'UNKNOWN')).toHaveLength(1);
  });

  it('names what was applied or recorded although nobody asked for it', () => {
    expect(judge([], ['stray'], recorded('APPLIED')).violations).toEqual([
      'stray: applied, and nobody asked for it',
      'run-1 updateIncident: recorded, and nobody asked for it',
    ]);
  });
});

describe('the ledger of the soak run', () => {
  const mutation = createRequests('run', createRandom(1)).next(['two writes']);
  const outcome = (told: string) => ({ path: ['updateIncidentGroup'], extensions: { outcome: told } });
  const toldBy = (body: object) => {
    const ledger = createLedger(['the secret']);
    ledger.note(mutation, { how: 'answered', status: 200, text: JSON.stringify(body) });
    return ledger.writes.map(({ told }) => told);
  };

  it('takes each write’s outcome from its own error, and success from data alone', () => {
    const incident = { incident: { id: '1' } };
    expect(toldBy({ data: { updateIncident: incident, updateIncidentGroup: { incidentGroup: null } } })).toEqual([
      'APPLIED',
      'APPLIED',
    ]);
    const data = { updateIncident: incident, updateIncidentGroup: null };
    expect(toldBy({ data, errors: [outcome('NOT_APPLIED')] })).toEqual(['APPLIED', 'NOT_APPLIED']);
    expect(toldBy({ data, errors: [outcome('UNKNOWN')] })).toEqual(['APPLIED', 'UNKNOWN']);
    expect(toldBy({ data })).toEqual(['APPLIED', 'UNKNOWN']);
    expect(toldBy({ errors: [{ message: 'refused' }] })).toEqual(['REFUSED', 'REFUSED']);
  });

  it('keeps answers with a secret, a 5xx, or a success for what should be refused', () => {
    const ledger = createLedger(['the secret']);
    const hostile = createRequests('run', createRandom(1)).next(['hostile']);
    ledger.note(mutation, { how: 'answered', status: 200, text: '{"data":{"updateIncident":"the secret"}}' });
    ledger.note(mutation, { how: 'answered', status: 500, text: '{}' });
    ledger.note(hostile, { how: 'answered', status: 200, text: '{"data":{}}' });
    expect(ledger.canaries).toHaveLength(1);
    expect(ledger.faults).toHaveLength(2);
  });

  it('reads the record of writes out of a log', () => {
    const line = JSON.stringify({ correlationId: 'run-1', field: 'updateIncident', outcome: 'APPLIED', msg: 'audit' });
    expect(recordsIn(`{"msg":"listening"}\n${line}\n`)).toEqual(recorded('APPLIED'));
  });
});

describe('the requests of the soak run', () => {
  it('have ids and values of their own, and come again with the same seed', () => {
    const make = (seed: number) => {
      const requests = createRequests('run', createRandom(seed));
      return Array.from({ length: 200 }, () => requests.next([...KINDS]));
    };
    const values = make(7).flatMap(({ writes }) => writes.map(({ value }) => value));
    expect(new Set(values).size).toBe(values.length);
    expect(new Set(make(7).map(({ kind }) => kind))).toEqual(new Set(KINDS));
    expect(make(7)).toEqual(make(7));
    expect(make(7)).not.toEqual(make(8));
  });
});
