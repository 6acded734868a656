import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startBuggyService } from '../support/buggy-service.ts';
import { logEntry } from '../support/server-process.ts';
import { postGraphQL } from '../support/world.ts';

const logLines: string[] = [];
let service: Awaited<ReturnType<typeof startBuggyService>>;
beforeAll(async () => {
  service = await startBuggyService(logLines);
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
  const answer = await postGraphQL(service.url, { query: row.query });
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
  const [line, ...others] = logLines.filter((written) => logEntry(written)?.['msg'] !== 'audit');
  expect(others).toEqual([]);
  expect(line).toContain('TypeError: canary-bug-text');
  // A bug in a write is on record as well, without the text.
  const records = logLines.filter((written) => written !== line);
  expect(records.map(logEntry)).toMatchObject('outcome' in row.outcome ? [row.outcome] : []);
  expect(records.join('')).not.toContain('canary');
});
