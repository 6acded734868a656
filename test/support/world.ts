import { backends } from '../../src/backends/index.ts';
import { parseConfig } from '../../src/config.ts';
import { createService, type ServiceOptions } from '../../src/server/create-service.ts';
import { startAegister, type Aegister } from '../stand-ins/aegister.ts';
import { startRadar, type Radar } from '../stand-ins/radar.ts';

/** Canaries: secrets and words that must show up in no answer and no log line. */
export const AEGISTER_TOKEN = 'canary-aegister-token-5d1f';
export const RADAR_API_KEY = 'canary-radar-key-9b2e';

export interface GraphQLErrorJson {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly unknown[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

export interface GraphQLAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Test assertions compare whole values, so the shape is left to them.
  readonly data: unknown;
  readonly errors: readonly GraphQLErrorJson[] | undefined;
}

export interface World {
  readonly aegister: Aegister;
  readonly radar: Radar;
  readonly url: string;
  /** Log lines written so far, as text. */
  readonly logLines: readonly string[];
  /** POSTs one operation. */
  send(query: string, variables?: object, headers?: Record<string, string>): Promise<GraphQLAnswer>;
  /** Requests that reached each stand-in, as "METHOD path". */
  calls(): { readonly aegister: readonly string[]; readonly radar: readonly string[] };
  /** Forgets recorded requests and planted faults. Restarts stand-ins that were stopped is up to the test. */
  reset(): void;
  /** Ends the service as SIGTERM does; the stand-ins stay. */
  closeService(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Both stand-ins and the real server in front of them, each on a free port of loopback. `settings` go over the defaults; `options` are
 * the service's own.
 */
export async function startWorld(settings: Record<string, string> = {}, options?: ServiceOptions): Promise<World> {
  const aegister = await startAegister({ token: AEGISTER_TOKEN });
  const radar = await startRadar({ apiKey: RADAR_API_KEY });
  const logLines: string[] = [];
  const config = parseConfig(
    {
      HOST: '127.0.0.1',
      PORT: '0',
      AEGISTER_BASE_URL: aegister.baseUrl,
      AEGISTER_TOKEN,
      RADAR_BASE_URL: radar.baseUrl,
      RADAR_API_KEY,
      ...settings,
    },
    backends,
  );
  const service = await createService(config, { write: (line: string) => void logLines.push(line) }, options);
  const { url } = await service.listen();

  return {
    aegister,
    radar,
    url,
    logLines,
    send: (query, variables, headers = {}) => postGraphQL(url, { query, variables }, headers),
    calls: () => ({
      aegister: aegister.requests.map(({ method, path }) => `${method} ${path}`),
      radar: radar.requests.map(({ method, path }) => `${method} ${path}`),
    }),
    reset() {
      for (const standIn of [aegister, radar]) {
        standIn.faults.clear();
        standIn.clearRequests();
      }
    },
    closeService: () => service.close(),
    async close() {
      await Promise.all([aegister.close(), radar.close()]);
      await service.close();
    },
  };
}

/** POSTs a body to `/graphql` of a server. */
export async function postGraphQL(
  url: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<GraphQLAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: GraphQLErrorJson[] };
  return { status: response.status, headers: response.headers, text, data, errors };
}
