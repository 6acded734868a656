import { createServer } from 'node:net';
import { backends } from '../src/backends/index.ts';
import { parseConfig } from '../src/config.ts';
import { createService } from '../src/server/create-service.ts';
import { startAegister } from '../test/stand-ins/aegister.ts';
import { startRadar } from '../test/stand-ins/radar.ts';

const TOKEN = 'demo-token';
const API_KEY = 'demo-key';
const USUAL_PORT = 4000;

export interface SeededService {
  readonly url: string;
  /** Addresses of the two stand-ins. */
  readonly aegister: string;
  readonly radar: string;
  /** Stops the service in order, then the stand-ins. */
  close(): Promise<void>;
}

/**
 * The very server of `npm start`, in front of two stand-in backends with seeded data, all on this machine. Of the environment only
 * LOG_LEVEL and the stand-ins' ports are read, so that an example never reaches a real backend by way of a real `.env`.
 */
export async function startSeededService(
  environment: NodeJS.ProcessEnv,
  settings: Readonly<Record<'HOST' | 'PORT', string>> & Readonly<Record<string, string>>,
): Promise<SeededService> {
  const { LOG_LEVEL = 'warn', DEMO_AEGISTER_PORT, DEMO_RADAR_PORT } = environment;
  const aegister = await startAegister({ token: TOKEN, port: Number(DEMO_AEGISTER_PORT ?? 0) });
  const radar = await startRadar({ apiKey: API_KEY, port: Number(DEMO_RADAR_PORT ?? 0) });
  const config = parseConfig(
    {
      LOG_LEVEL,
      AEGISTER_BASE_URL: aegister.baseUrl,
      AEGISTER_TOKEN: TOKEN,
      RADAR_BASE_URL: radar.baseUrl,
      RADAR_API_KEY: API_KEY,
      ...settings,
    },
    backends,
  );
  const service = await createService(config);
  const { url } = await service.listen();
  return {
    url,
    aegister: aegister.url,
    radar: radar.url,
    async close() {
      await service.close();
      await Promise.all([aegister.close(), radar.close()]);
    },
  };
}

/** The usual port where nobody has it, any free one (0) otherwise. */
export function usualOrFreePort(host: string): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(USUAL_PORT, host, () => probe.close(() => resolve(USUAL_PORT)));
  });
}
