import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { logEntry } from '../support/server-process.ts';
import { AEGISTER_TOKEN, RADAR_API_KEY, startWorld, type World } from '../support/world.ts';

const ROUTER_SECRET = 'canary-router-secret';
const GROUP = `incidentGroup(id: "${seedIds.phishingGroup}")`;
const UPDATE = `mutation Rename { updateIncidentGroup(input: { id: "${seedIds.phishingGroup}", title: "canary-title" }) { incidentGroup { id } } }`;

let world: World;
beforeAll(async () => {
  world = await startWorld({ LOG_LEVEL: 'debug', ROUTER_SECRET });
});
beforeEach(() => {
  world.reset();
  world.radar.putGroup({ id: seedIds.phishingGroup, title: 'Phishing' });
});
afterAll(() => world.close());

/** Sends one operation and returns what it added to the log. */
async function logOf(query: string, headers: Record<string, string> = {}, variables?: object) {
  const before = world.logLines.length;
  const answer = await world.send(query, variables, { 'router-authorization': ROUTER_SECRET, ...headers });
  const lines = world.logLines.slice(before);
  return { answer, lines, entries: lines.map(logEntry) };
}

const operation = (entry: object) => ({
  time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
  msg: 'operation',
  durationMs: expect.any(Number) as number,
  ...entry,
});

describe('an operation', () => {
  it('that succeeds writes one line', async () => {
    const { lines, entries } = await logOf(`query Named { ${GROUP} { title } other: ${GROUP} { id } }`, {
      'x-correlation-id': 'call-7',
    });
    expect(entries).toEqual([
      operation({
        level: 'info',
        correlationId: 'call-7',
        operation: 'query',
        operationName: 'Named',
        fields: ['incidentGroup', 'incidentGroup'],
      }),
    ]);
    expect(lines[0]).toMatch(/^[^\n]+\n$/);
  });

  it('that fails at a backend writes one line with code and cause, after the record of the write', async () => {
    world.radar.faults.once(fault.answer(500, {}, { message: 'canary-upstream-text' }));
    const { answer, entries } = await logOf(UPDATE);
    expect(entries).toEqual([
      expect.objectContaining({ msg: 'audit' }),
      operation({
        level: 'warn',
        correlationId: answer.headers.get('x-correlation-id'),
        operation: 'mutation',
        operationName: 'Rename',
        fields: ['updateIncidentGroup'],
        outcomes: ['UNKNOWN'],
        codes: ['UPSTREAM_ERROR'],
        causes: [expect.objectContaining({ path: 'updateIncidentGroup', backend: 'radar', sent: true, status: 500 })],
      }),
    ]);
  });

  it.each([
    ['does not parse', '{ canary ', 'GRAPHQL_PARSE_FAILED'],
    ['does not validate', '{ canary }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('that %s writes one line too', async (_what, query, code) => {
    const { answer, entries } = await logOf(query);
    expect(entries).toMatchObject([
      { level: 'warn', correlationId: answer.headers.get('x-correlation-id'), codes: [code], operation: 'none' },
    ]);
    expect(answer.errors?.map(({ extensions }) => extensions['correlationId'])).toEqual([
      answer.headers.get('x-correlation-id'),
    ]);
  });

  it('refused for its input names the code and nothing of the input', async () => {
    const { lines, entries } = await logOf('{ incidentGroup(id: "canary-id") { id } }');
    expect(entries).toMatchObject([{ codes: ['BAD_USER_INPUT'], fields: ['incidentGroup'] }]);
    expect(lines.join('')).not.toContain('canary');
  });
});

describe('a log line', () => {
  it('never holds a configured secret, even if the caller sends it as a name', async () => {
    const word = AEGISTER_TOKEN.replaceAll('-', '_');
    const query = `query ${word} { ${GROUP} { title } }`;
    const { lines } = await logOf(query, { 'x-aegister-token': AEGISTER_TOKEN, authorization: RADAR_API_KEY });
    expect(lines).toHaveLength(1);
    expect((await logOf(`query A { ${GROUP} { title } }`, { 'x-correlation-id': AEGISTER_TOKEN })).lines).toHaveLength(
      1,
    );
    const text = world.logLines.join('');
    for (const secret of [AEGISTER_TOKEN, RADAR_API_KEY, ROUTER_SECRET]) expect(text).not.toContain(secret);
    expect(text).toContain('"correlationId":"[secret]"');
  });

  it.each([
    ['refuses', () => fault.answer(400, {}, { message: `bad key ${RADAR_API_KEY}` })],
    ['rejects the credential', () => fault.answer(401, {}, { message: `bad key ${RADAR_API_KEY}` })],
    ['breaks the connection', () => fault.resetBeforeHeaders()],
    ['sends what is not JSON', () => fault.text(200, `<p>${RADAR_API_KEY}</p>`, 'text/html')],
    ['sends what is not HTTP', () => fault.rawBytes(`${RADAR_API_KEY}\r\n\r\n`)],
  ])('holds neither credential nor input nor upstream text when the backend %s', async (_what, make) => {
    world.radar.faults.once(make());
    const { lines, entries, answer } = await logOf(UPDATE);
    expect(entries.map((entry) => entry?.['msg'])).toEqual(['audit', 'operation']);
    expect(answer.errors).toHaveLength(1);
    expect(lines.join('')).not.toMatch(/canary|bad key/);
  });

  it('holds at most 100 characters of the operation’s name', async () => {
    const { entries } = await logOf(`query ${'n'.repeat(300)} { ${GROUP} { title } }`);
    expect(entries).toMatchObject([{ operationName: 'n'.repeat(100) }]);
  });

  it('names at most 20 root fields and causes', async () => {
    const fields = Array.from({ length: 30 }, (_, index) => `a${index}: incidentGroup(id: "x") { id }`);
    const { entries } = await logOf(`{ ${fields.join(' ')} }`);
    expect(entries).toMatchObject([
      { fields: Array(20).fill('incidentGroup') as string[], causes: Array(20).fill(expect.anything()) as unknown[] },
    ]);
  });

  it.each([
    ['with a line break', 'a\nb'],
    ['with what a shell would read', '$(id)'],
    ['too long', 'a'.repeat(129)],
    ['empty', ''],
  ])('never holds a correlation id that is %s', async (_what, id) => {
    const headers: Record<string, string> = id.includes('\n') ? {} : { 'x-correlation-id': id };
    const { answer, entries } = await logOf(`{ ${GROUP} { title } }`, headers);
    const ours = answer.headers.get('x-correlation-id');
    expect(ours).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    expect(entries).toMatchObject([{ correlationId: ours }]);
  });

  it('is a JSON object, and there is nothing else', async () => {
    await logOf('query A { canary(text: "line\\nbreak") }');
    expect(world.logLines.length).toBeGreaterThan(0);
    expect(world.logLines.map(logEntry)).not.toContain(undefined);
  });
});

it('a caller’s own credential is in no line when it is forwarded', async () => {
  const forwarding = await startWorld({ AEGISTER_AUTH: 'forward', RADAR_AUTH: 'forward', LOG_LEVEL: 'debug' });
  try {
    const headers = { pgrapikey: 'callers-canary-key', 'x-aegister-token': 'callers-canary-token' };
    const { errors } = await forwarding.send(UPDATE, {}, headers);
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['UNAUTHENTICATED']);
    expect(forwarding.logLines.join('')).toContain('UNAUTHENTICATED');
    expect(forwarding.logLines.join('')).not.toContain('canary');
  } finally {
    await forwarding.close();
  }
});
