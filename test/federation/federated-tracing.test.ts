import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fault } from '../stand-ins/faults.ts';
import { seedIds } from '../stand-ins/seed.ts';
import { vcisoFailure } from '../stand-ins/vendor-envelopes.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.reset());
afterAll(() => world.close());

const { hospitalOrganization, ransomwareDossier } = seedIds;
const READ = `{ incident(organizationId: ${hospitalOrganization}, id: ${ransomwareDossier}) { title } }`;

const traceOf = (text: string): string | undefined =>
  (JSON.parse(text) as { extensions?: { ftv1?: string } }).extensions?.ftv1;

it('answers a trace to a router that asks for one, and none to anybody else', async () => {
  const traced = await world.send(READ, {}, { 'apollo-federation-include-trace': 'ftv1' });
  expect(traced.errors).toBeUndefined();
  expect(Buffer.from(traceOf(traced.text) ?? '', 'base64').toString('latin1')).toContain('incident');
  expect(traceOf((await world.send(READ)).text)).toBeUndefined();
});

it('masks the text of errors in the trace, and changes nothing of the errors themselves', async () => {
  world.aegister.faults.always(fault.rewrite(() => vcisoFailure(200, 'canary-upstream-text')));
  const plain = await world.send(READ);
  const traced = await world.send(READ, {}, { 'apollo-federation-include-trace': 'ftv1' });

  const trace = Buffer.from(traceOf(traced.text) ?? '', 'base64').toString('latin1');
  expect(trace).toContain('<masked>');
  expect(trace).not.toMatch(/canary-upstream-text|rejected/);
  const correlationId: unknown = expect.any(String);
  expect(traced.errors).toEqual(
    plain.errors?.map((error) => ({ ...error, extensions: { ...error.extensions, correlationId } })),
  );
});
