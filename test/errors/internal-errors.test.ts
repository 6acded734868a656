import { GraphQLError, OperationTypeNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatErrors } from '../../src/results/format-errors.ts';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { startWatchedWorld, type WatchedWorld } from '../support/watched-world.ts';

// bug-over-http.test.ts shows one bug through the whole service; here the last gate, a pure function, meets odder ones.
describe('an error nobody foresaw', () => {
  const bugs: readonly { readonly what: string; readonly thrown: Error }[] = [
    { what: 'a TypeError', thrown: new TypeError('Cannot read canary-secret of undefined') },
    {
      what: 'an error that poses with a code',
      thrown: Object.assign(new Error('canary-secret'), { code: 'NOT_FOUND' }),
    },
    {
      what: 'a GraphQLError with extensions of its own',
      thrown: new GraphQLError('canary-secret', { extensions: { code: 'BAD_USER_INPUT', http: { status: 500 } } }),
    },
    {
      what: 'an error with a telling cause',
      thrown: new Error('canary-secret', { cause: { token: 'canary-secret' } }),
    },
  ];

  const format = (thrown: Error, operation: OperationTypeNode) =>
    formatErrors([new GraphQLError(thrown.message, { path: ['field'], originalError: thrown })], {
      correlationId: 'id-1',
      operation,
      sensitive: [],
      suggestions: false,
    });

  it.each(bugs)('is INTERNAL_SERVER_ERROR and tells nothing: $what', ({ thrown }) => {
    const extensions = { code: 'INTERNAL_SERVER_ERROR', retryable: false, correlationId: 'id-1' };

    expect(format(thrown, OperationTypeNode.QUERY)).toStrictEqual([
      { message: 'This service failed.', path: ['field'], extensions },
    ]);
    expect(format(thrown, OperationTypeNode.MUTATION)).toStrictEqual([
      {
        message: 'This service failed. The change may or may not have been saved.',
        path: ['field'],
        extensions: { ...extensions, outcome: 'UNKNOWN' },
      },
    ]);
  });
});

describe('a failure below a write that was applied', () => {
  let world: WatchedWorld;
  beforeAll(async () => {
    world = await startWatchedWorld();
  });
  afterAll(() => world.close());

  it.each([
    { status: 500, code: 'UPSTREAM_ERROR', read: 'The backend failed.' },
    { status: 429, code: 'RATE_LIMITED', read: 'The backend asks for fewer requests.' },
    { status: 503, code: 'UPSTREAM_UNAVAILABLE', read: 'The backend is not available.' },
  ])('has outcome APPLIED and is not retryable: $code', async ({ status, code, read }) => {
    world.reset();
    world.radar.putGroup({ id: seedIds.emptyGroup, title: 'Before', service_asset_findings: [] });
    world.radar.faults.always(fault.lie({ service_asset_findings: null }), { method: 'PUT' });
    world.radar.faults.always(fault.emptyBody(status), { method: 'GET' });

    const answer = await world.send(`mutation {
      updateIncidentGroup(input: { id: "${seedIds.emptyGroup}", title: "After" }) {
        incidentGroup { title serviceAssetFindings { id } } } }`);

    expect(JSON.parse(answer.text)).toStrictEqual({
      data: { updateIncidentGroup: { incidentGroup: { title: 'After', serviceAssetFindings: null } } },
      errors: [
        {
          message: `The change was saved, but this field could not be read. ${read}`,
          locations: [{ line: 3, column: 31 }],
          path: ['updateIncidentGroup', 'incidentGroup', 'serviceAssetFindings'],
          extensions: {
            code,
            retryable: false,
            outcome: 'APPLIED',
            upstream: { name: 'radar', status, code: null },
            correlationId: answer.headers.get('x-correlation-id'),
          },
        },
      ],
    });
    expect(world.calls().radar[0]).toBe('PUT /cruddy/v2/incident_groups/update');
    expect(world.calls().radar.filter((call) => call.startsWith('PUT'))).toHaveLength(1);
    expect(world.leaks()).toEqual([]);
  });
});
