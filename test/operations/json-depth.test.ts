import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedIds } from '../stand-ins/seed-ids.ts';
import { expectRefused } from '../support/input-refusal.ts';
import { sendWithVariableText } from '../support/raw-operation.ts';
import { startSeededWorld } from '../support/seeded-world.ts';
import type { World } from '../support/world.ts';

const { hospitalOrganization, ransomwareDossier } = seedIds;
const nested = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
const UPDATE = `mutation ($metadata: JSONObject) {
  updateIncident(input: { organizationId: ${hospitalOrganization}, id: ${ransomwareDossier}, metadata: $metadata }) {
    incident { metadata }
  }
}`;

describe.each([3, 100])('MAX_JSON_DEPTH=%i', (depth) => {
  let world: World;
  beforeAll(async () => {
    world = await startSeededWorld({ MAX_JSON_DEPTH: String(depth) });
  });
  beforeEach(() => world.reset());
  afterAll(() => world.close());

  const send = (levels: number) => sendWithVariableText(world, UPDATE, `{"metadata":${nested(levels)}}`);

  it('lets an object of just that depth through, and it can be read back', async () => {
    const { text } = await send(depth);
    expect(text.trim()).toBe(`{"data":{"updateIncident":{"incident":{"metadata":${nested(depth)}}}}}`);
    expect(world.calls().aegister).toHaveLength(1);
  });

  it('refuses one level more, with the limit in the message and nothing sent', async () => {
    const message = `must not be nested deeper than ${depth} levels.`;
    expectRefused(world, await send(depth + 1), 'updateIncident', { path: ['input', 'metadata'], message });
  });
});
