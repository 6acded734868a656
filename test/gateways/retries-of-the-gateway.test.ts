import { afterAll, beforeAll, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { radarTarget } from '../support/failing-calls.ts';
import { startErrorBench, type ErrorBench } from '../support/gateways/error-bench.ts';
import type { Route } from '../support/gateways/gateway.ts';
import { hiveGateway } from '../support/gateways/hive.ts';

let bench: ErrorBench;
let route: Route;
beforeAll(async () => {
  bench = await startErrorBench();
  const retrying = hiveGateway('Hive Gateway with retries', { upstreamRetry: { maxRetries: 1, retryDelay: 1 } });
  route = await bench.open(retrying, 'default');
});
afterAll(async () => {
  await route.close();
  await bench.close();
});

// Why federation/routers/hive-gateway.config.ts has no `upstreamRetry`. When this fails, Hive Gateway has learnt the difference.
it('Hive Gateway told to retry writes twice when the answer to a mutation is lost', async () => {
  const world = bench.use('usual');
  radarTarget.prepare(world);
  bench.relay.line.faults.once(fault.answer(503, {}, {}, { applied: true }));

  const answer = await route.send(radarTarget.write.query, radarTarget.write.variables);

  expect(answer.errors).toBeUndefined();
  expect(world.calls().radar).toEqual([radarTarget.writeCall, radarTarget.writeCall]);
});
