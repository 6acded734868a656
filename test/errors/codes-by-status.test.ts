import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { callsTo, expectFailure, send, targets, type ExpectedFailure } from '../support/failing-calls.ts';
import { startWatchedWorld, type WatchedWorld } from '../support/watched-world.ts';

let world: WatchedWorld;
beforeAll(async () => {
  world = await startWatchedWorld();
});
beforeEach(() => {
  world.reset();
});
afterEach(() => {
  expect(world.leaks()).toEqual([]);
});
afterAll(() => world.close());

const TEXT = 'Severity is not allowed';
const SHOWN = { issues: [{ path: null, code: 'UPSTREAM_MESSAGE', message: TEXT }] };

interface Row {
  readonly status: number;
  readonly code: string;
  readonly outcome: 'NOT_APPLIED' | 'UNKNOWN';
  readonly writeRetryable: boolean;
  readonly readRetryable: boolean;
  /** Whether the backend's own words may be shown. */
  readonly text: boolean;
}

function rows(
  statuses: readonly number[],
  code: string,
  outcome: Row['outcome'],
  retryable: 'never' | 'reads' | 'always',
): readonly Row[] {
  return statuses.map((status) => ({
    status,
    code,
    outcome,
    writeRetryable: retryable === 'always',
    readRetryable: retryable !== 'never',
    text: status >= 400 && status < 500,
  }));
}

const table: readonly Row[] = [
  ...rows([400, 422], 'BAD_USER_INPUT', 'NOT_APPLIED', 'never'),
  ...rows([401, 403], 'UPSTREAM_AUTH_FAILED', 'NOT_APPLIED', 'never'),
  ...rows([404], 'NOT_FOUND', 'NOT_APPLIED', 'never'),
  ...rows([409], 'CONFLICT', 'NOT_APPLIED', 'never'),
  ...rows(
    [402, 405, 406, 407, 410, 411, 412, 413, 414, 415, 417, 418, 421, 423, 424, 426, 428, 431, 451, 499],
    'UPSTREAM_REJECTED',
    'NOT_APPLIED',
    'never',
  ),
  ...rows([429], 'RATE_LIMITED', 'NOT_APPLIED', 'always'),
  ...rows([425, 503], 'UPSTREAM_UNAVAILABLE', 'NOT_APPLIED', 'always'),
  ...rows([408], 'UPSTREAM_TIMEOUT', 'UNKNOWN', 'reads'),
  ...rows([500, 501, 502, 504, 505, 507, 599], 'UPSTREAM_ERROR', 'UNKNOWN', 'reads'),
  ...rows([300, 301, 302, 303, 307, 308], 'UPSTREAM_BAD_RESPONSE', 'UNKNOWN', 'never'),
];

describe.each(targets)('a status of $name with its own envelope', (target) => {
  beforeEach(() => {
    target.prepare(world);
  });

  const details = ({ status, text }: Row): Pick<ExpectedFailure, 'issues' | 'upstream'> => ({
    ...(text && SHOWN),
    upstream: { status, code: target.refusalCode(status) },
  });

  it.each(table)('$status on a mutation is $code with outcome $outcome, sent once', async (row) => {
    target.standIn(world).faults.always(fault.answer(row.status, {}, target.refusal(row.status, TEXT)));

    const answer = await send(world, target, 'write');

    const { code, outcome, writeRetryable: retryable } = row;
    expectFailure(answer, target, 'write', { code, retryable, outcome, ...details(row) });
    expect(callsTo(world, target)).toEqual([target.writeCall]);
  });

  it.each(table.filter(({ status }) => status !== 404))(
    '$status on a read is $code, retryable $readRetryable, without an outcome',
    async (row) => {
      target.standIn(world).faults.always(fault.answer(row.status, {}, target.refusal(row.status, TEXT)));

      const answer = await send(world, target, 'read');

      expectFailure(answer, target, 'read', { code: row.code, retryable: row.readRetryable, ...details(row) });
    },
  );

  it('404 on a read is null without an error', async () => {
    target.standIn(world).faults.always(fault.answer(404, {}, target.refusal(404, TEXT)));

    const answer = await send(world, target, 'read');

    expect(JSON.parse(answer.text)).toStrictEqual({ data: { [target.read.field]: null } });
    expect(callsTo(world, target)).toEqual([target.readCall]);
  });

  // Neither proves that the update was carried out as documented: 200 is the only status of a success.
  it.each([202, 204, 206, 304])('%i without a usable body is UPSTREAM_BAD_RESPONSE', async (status) => {
    target.standIn(world).faults.always(fault.answer(status, {}, Buffer.alloc(0), { applied: true }));

    const wrong = { code: 'UPSTREAM_BAD_RESPONSE', retryable: false, upstream: { status, code: null } };
    expectFailure(await send(world, target, 'write'), target, 'write', { ...wrong, outcome: 'UNKNOWN' });
    expectFailure(await send(world, target, 'read'), target, 'read', wrong);
    expect(callsTo(world, target)).toEqual([target.writeCall, target.readCall]);
    expect(target.isWritten(world)).toBe(true);
  });

  it('201 with the record is UPSTREAM_BAD_RESPONSE, because an update answers 200', async () => {
    const created = fault.rewrite((normal) => ({ ...normal, status: 201 }));
    target.standIn(world).faults.always(created);

    expectFailure(await send(world, target, 'write'), target, 'write', {
      code: 'UPSTREAM_BAD_RESPONSE',
      retryable: false,
      outcome: 'UNKNOWN',
      upstream: { status: 201, code: target.successCode },
    });
  });
});

describe.each(targets)('a status of $name with a body that is no envelope', (target) => {
  beforeEach(() => {
    target.prepare(world);
  });

  const bodies = [
    { body: 'an HTML page', play: (status: number) => fault.html(status) },
    { body: 'no body', play: (status: number) => fault.emptyBody(status) },
    { body: 'JSON that stops in the middle', play: (status: number) => fault.malformedJson(status) },
    { body: 'a JSON list', play: (status: number) => fault.answer(status, {}, ['Gateway error']) },
    { body: 'plain text', play: (status: number) => fault.text(status, 'Gateway error', 'text/plain') },
    { body: 'JSON null', play: (status: number) => fault.answer(status, {}, null) },
  ];
  const sample = table.filter(({ status }) => [400, 401, 404, 409, 413, 429, 500, 503, 504].includes(status));
  const cases = bodies.flatMap((body) => sample.map((row) => ({ ...body, ...row })));

  it.each(cases)('$status with $body is decided by the status alone: $code', async (row) => {
    target.standIn(world).faults.always(row.play(row.status));

    const answer = await send(world, target, 'write');

    expectFailure(answer, target, 'write', {
      code: row.code,
      retryable: row.writeRetryable,
      outcome: row.outcome,
      upstream: { status: row.status, code: null },
    });
    expect(callsTo(world, target)).toEqual([target.writeCall]);
  });
});
