import { z } from 'zod';
import { defineBackend } from '../../src/backends/backend.ts';
import { radar } from '../../src/backends/radar/index.ts';
import { parseConfig } from '../../src/config.ts';
import { createService } from '../../src/server/create-service.ts';

const bug = () => Promise.reject(new TypeError('canary-bug-text'));

/** A backend whose client has a bug, in the place of Aegister: the rest of the service is the real one. */
const buggy = defineBackend({
  name: 'aegister',
  settings: z.object({}),
  rules: () => [],
  connect: () => ({
    secrets: [],
    addresses: [],
    credentialMode: 'service',
    credentialHeaders: [],
    forRequest: () => ({ loadIncident: bug, updateIncident: bug }),
    status: () => ({
      breaker: 'closed',
      inFlight: 0,
      waiting: 0,
      shed: { breaker: 0, queue_full: 0, queue_time: 0 },
      repeats: { sent: 0, refused: 0 },
    }),
    probe: () => Promise.resolve(true),
    close: () => Promise.resolve(),
  }),
});

/** The service with a bug below `incident` and `updateIncident`. `logLines` grows with its log. */
export async function startBuggyService(logLines: string[]): Promise<{ url: string; close: () => Promise<void> }> {
  const settings = { HOST: '127.0.0.1', PORT: '0', RADAR_BASE_URL: 'http://127.0.0.1:9', RADAR_API_KEY: 'canary-key' };
  const config = parseConfig(settings, [buggy, radar]);
  const service = await createService(config, { write: (line: string) => void logLines.push(line) });
  const { url } = await service.listen();
  return { url, close: () => service.close() };
}
