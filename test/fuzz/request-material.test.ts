import { once } from 'node:events';
import { connect } from 'node:net';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RecordedRequest } from '../stand-ins/exchange.ts';
import { anyDecimal, anyHeaders, anyUuid, type HeaderLine } from '../support/fuzz-headers.ts';
import { expectProperty, FUZZ_TIMEOUT } from '../support/fuzz.ts';
import { startWorld, type World } from '../support/world.ts';

const ROUTER_SECRET = 'canary-router-secret-1a';
const CREDENTIALS = {
  'x-aegister-token': ['canary-callers-token-2b', 'canary-other-token-3c'],
  pgrapikey: ['canary-callers-key-4d'],
  'pgr-user-id': ['a169451c-8525-4352-b8ca-070dd449a1a5'],
  pgrselectedinstance: ['main'],
};
/** Headers that a backend may receive, by whose they are. */
const OF_HTTP = ['host', 'connection', 'content-length'];
const OWN: Readonly<Record<string, string>> = { accept: 'application/json', 'content-type': 'application/json' };
const OF_AEGISTER = ['x-aegister-token'];
const OF_RADAR = ['pgrapikey', 'pgr-user-id', 'pgrselectedinstance'];

let world: World;
beforeAll(async () => {
  const settings = { AEGISTER_AUTH: 'forward', RADAR_AUTH: 'forward', AEGISTER_TOKEN: '', RADAR_API_KEY: '' };
  world = await startWorld({ ...settings, ROUTER_SECRET, LOG_LEVEL: 'error' });
});
afterAll(() => world.close());

interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends bytes that no HTTP client would, Latin-1 throughout, and reads until the server closes the connection. */
async function sendRaw(lines: readonly HeaderLine[], body: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(world.url);
  const socket = connect({ host: hostname, port: Number(port) });
  await once(socket, 'connect');
  const chunks: string[] = [];
  socket.setEncoding('latin1').on('data', (chunk: string) => chunks.push(chunk));
  socket.on('error', () => undefined); // Shows as a close.
  const closed = once(socket, 'close');
  const head = [
    'POST /graphql HTTP/1.1',
    'host: localhost',
    'connection: close',
    'content-type: application/json',
    `content-length: ${body.length}`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, 'latin1');
  await closed;
  const [top, rest] = split(chunks.join(''), '\r\n\r\n');
  const [first = '', ...answered] = top.split('\r\n');
  const headers = answered
    .map((line) => split(line, ': '))
    .map(([name, value]) => [name.toLowerCase(), value] as const);
  return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(headers), body: rest };
}

function split(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + by.length)];
}

/** JSON in ASCII, so that its length in bytes is its length. */
const ascii = (value: unknown) =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);

const isDecimal = (id: string) => /^[1-9]\d*$/.test(id) && Number(id) <= Number.MAX_SAFE_INTEGER;
const isUuid = (id: string) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);

interface Case {
  readonly query: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly method: string;
  /** The one path that may arrive; undefined: nothing may. */
  readonly path: string | undefined;
}

const ofRadar = (text: string, type: string, path: (id: string) => string, method = 'GET') =>
  anyUuid.map((id): Case => {
    return {
      query: `${type} ($id: ID!) { ${text} }`,
      variables: { id },
      method,
      path: isUuid(id) ? path(id) : undefined,
    };
  });
const ofAegister = (text: string, type: string, method: string) =>
  fc.tuple(anyDecimal, anyDecimal).map(([organization, id]): Case => {
    const isFit = isDecimal(organization) && isDecimal(id);
    return {
      query: `${type} ($organization: ID!, $id: ID!) { ${text} }`,
      variables: { organization, id },
      method,
      path: isFit ? `/api/v1/V-Ciso/incidents/${organization}/${id}` : undefined,
    };
  });

const anyCase: fc.Arbitrary<Case> = fc.oneof(
  ofAegister('incident(organizationId: $organization, id: $id) { id title }', 'query', 'GET'),
  ofAegister(
    'updateIncident(input: { organizationId: $organization, id: $id, title: "x" }) { incident { id } }',
    'mutation',
    'PATCH',
  ),
  ofRadar('incidentGroup(id: $id) { title }', 'query', (id) => `/cruddy/v2/incident_groups/${id}?relations=`),
  ofRadar(
    'serviceAssetFinding(id: $id) { title }',
    'query',
    (id) => `/cruddy/v2/service_asset_findings/${id}?relations=`,
  ),
  ofRadar(
    'serviceAssetFindingsByEvent(eventId: $id) { id }',
    'query',
    (id) => `/cruddy/v2/sevice_asset_findings/by_event_uuid?uuid=${id}`,
  ),
  ofRadar(
    'updateIncidentGroup(input: { id: $id, description: "x" }) { incidentGroup { id } }',
    'mutation',
    () => '/cruddy/v2/incident_groups/update',
    'PUT',
  ),
);

/** What a server makes of the lines of one name: the whitespace around a value is not part of it. */
const valuesOf = (lines: readonly HeaderLine[], name: string) =>
  lines.filter((line) => line[0] === name).map(([, value]) => value.replace(/^[ \t]+|[ \t]+$/g, ''));

function expectAllowed({ headers, path, method }: RecordedRequest, lines: readonly HeaderLine[], expected: Case): void {
  expect({ method, path }).toEqual({ method: expected.method, path: expected.path });
  const credentials = path.startsWith('/cruddy/') ? OF_RADAR : OF_AEGISTER;
  for (const [name, value] of Object.entries(headers)) {
    if (OF_HTTP.includes(name)) continue;
    if (name in OWN) expect(value).toBe(OWN[name]);
    else {
      expect([...credentials, 'traceparent']).toContain(name);
      expect([value]).toEqual(valuesOf(lines, name));
      if (name === 'traceparent') expect(value).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/);
    }
  }
}

const anySecret = fc.oneof(
  { weight: 9, arbitrary: fc.constant(ROUTER_SECRET) },
  fc.constantFrom(
    '',
    'x',
    ROUTER_SECRET.toUpperCase(),
    `${ROUTER_SECRET}x`,
    ROUTER_SECRET.slice(1),
    `${ROUTER_SECRET},`,
  ),
);

it(
  'nothing but allow-listed headers and the documented paths reach a backend, whatever a request is made of',
  async () => {
    const kinds = ['sent', 'not sent', 'refused at the door', 'no HTTP'];
    await expectProperty({ title: 'headers and paths', runs: 300, kinds }, (count) =>
      fc.asyncProperty(anyCase, anyHeaders(CREDENTIALS), anySecret, async (one, others, secret) => {
        world.reset();
        const lines: readonly HeaderLine[] = [['router-authorization', secret], ...others];
        const answer = await sendRaw(lines, ascii({ query: one.query, variables: one.variables }));
        const sent = [...world.aegister.requests, ...world.radar.requests];
        expect(world.logLines.filter((line) => !line.includes('"msg":"audit"'))).toEqual([]);
        expect(answer.status).toBeLessThan(500);
        for (const request of sent) expectAllowed(request, lines, one);

        const { 'x-correlation-id': correlationId } = answer.headers;
        if (correlationId === undefined) {
          // The HTTP parser itself turned it away: control characters, or more than it reads.
          expect(answer).toMatchObject({ body: '' });
          expect([400, 431]).toContain(answer.status);
          expect(sent).toEqual([]);
          return count('no HTTP');
        }
        const [own, ...more] = valuesOf(lines, 'x-correlation-id');
        const isKept = own !== undefined && more.length === 0 && /^[\w.-]{1,128}$/.test(own);
        if (isKept) expect(correlationId).toBe(own);
        else expect(isUuid(correlationId)).toBe(true);
        expect(answer.body).not.toContain('canary');

        if (secret !== ROUTER_SECRET) {
          expect({ status: answer.status, sent }).toEqual({ status: 401, sent: [] });
          return count('refused at the door');
        }
        const [timeout = '1', ...timeouts] = valuesOf(lines, 'x-operation-timeout-ms');
        if (timeouts.length > 0 || !/^[1-9]\d*$/.test(timeout)) {
          expect({ status: answer.status, sent }).toEqual({ status: 400, sent: [] });
          return count('refused at the door');
        }
        expect(answer.status).toBe(200);
        expect(sent.length).toBeLessThanOrEqual(1);
        if (one.path === undefined) {
          expect(sent).toEqual([]);
          expect(answer.body).toContain('"code":"BAD_USER_INPUT"');
        }
        count(sent.length === 0 ? 'not sent' : 'sent');
      }),
    );
  },
  FUZZ_TIMEOUT,
);
