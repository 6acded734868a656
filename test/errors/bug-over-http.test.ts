import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { defineBackend } from '../../src/backends/backend.ts';
import { radar } from '../../src/backends/radar/index.ts';
import { parseConfig } from '../../src/config.ts';
import { createService, type Service } from '../../src/server/create-service.ts';
import { postGraphQL } from '../support/world.ts';

const bug = () => Promise.reject(new TypeError('canary-bug-text'));

/** A backend whose client has a bug, in the place of Aegister: the rest of the service is the real one. */
const buggy = defineBackend({
  name: 'aegister',
  settings: z.object({}),
  rules: () => [],
  connect: () => ({
    secrets: [],
    addresses: [],
    credentialHeaders: [],
    forRequest: () => ({ loadIncident: bug, updateIncident: bug }),
    probe: () => Promise.resolve(true),
    close: () => Promise.resolve(),
  }),
});

const logLines: string[] = [];
let service: Service;
let url: string;
beforeAll(async () => {
  const settings = { HOST: '127.0.0.1', PORT: '0', RADAR_BASE_URL: 'http://127.0.0.1:9', RADAR_API_KEY: 'canary-key' };
  const config = parseConfig(settings, [buggy, radar]);
  service = await createService(config, { write: (line: string) => void logLines.push(line) });
  ({ url } = await service.listen());
});
beforeEach(() => void logLines.splice(0));
afterAll(() => service.close());

it.each([
  {
    query: 'mutation { updateIncident(input: { organizationId: 1, id: 1, title: "x" }) { incident { id } } }',
    field: 'updateIncident',
    column: 12,
    message: 'This service failed. The change may or may not have been saved.',
    outcome: { outcome: 'UNKNOWN' },
  },
  {
    query: 'query { incident(organizationId: 1, id: 1) { id } }',
    field: 'incident',
    column: 9,
    message: 'This service failed.',
    outcome: {},
  },
])('a bug below $field is INTERNAL_SERVER_ERROR, told to the log and not to the client', async (row) => {
  const answer = await postGraphQL(url, { query: row.query });
  expect({ status: answer.status, body: JSON.parse(answer.text) as unknown }).toStrictEqual({
    status: 200,
    body: {
      data: { [row.field]: null },
      errors: [
        {
          message: row.message,
          locations: [{ line: 1, column: row.column }],
          path: [row.field],
          extensions: {
            code: 'INTERNAL_SERVER_ERROR',
            retryable: false,
            ...row.outcome,
            correlationId: answer.headers.get('x-correlation-id'),
          },
        },
      ],
    },
  });
  expect(logLines).toHaveLength(1);
  expect(logLines[0]).toContain('TypeError: canary-bug-text');
});
