import { createServer } from 'node:net';
import { backends } from '../../src/backends/index.ts';
import { ConfigError, parseConfig } from '../../src/config.ts';
import { createService } from '../../src/server/create-service.ts';
import { startAegister } from '../../test/stand-ins/aegister.ts';
import { startRadar } from '../../test/stand-ins/radar.ts';
import { curl, examples } from './examples.ts';

const TOKEN = 'demo-token';
const API_KEY = 'demo-key';
const USUAL_PORT = 4000;

/**
 * The very server of `npm start`, in front of two stand-in backends with seeded data, all on this machine. Of the environment only
 * HOST, PORT, LOG_LEVEL and the stand-ins' ports are read, so that a demo never reaches a real backend by way of a real `.env`.
 */
async function main(): Promise<void> {
  const { HOST = '127.0.0.1', PORT, LOG_LEVEL = 'warn', DEMO_AEGISTER_PORT, DEMO_RADAR_PORT } = process.env;
  const aegister = await startAegister({ token: TOKEN, port: Number(DEMO_AEGISTER_PORT ?? 0) });
  const radar = await startRadar({ apiKey: API_KEY, port: Number(DEMO_RADAR_PORT ?? 0) });
  const config = parseConfig(
    {
      HOST,
      PORT: PORT ?? String(await freePort(HOST)),
      LOG_LEVEL,
      AEGISTER_BASE_URL: aegister.baseUrl,
      AEGISTER_TOKEN: TOKEN,
      RADAR_BASE_URL: radar.baseUrl,
      RADAR_API_KEY: API_KEY,
    },
    backends,
  );
  const service = await createService(config);
  const { url } = await service.listen();
  process.stdout.write(welcome(url, aegister.url, radar.url));

  const stop = () => {
    service
      .close()
      .then(() => Promise.all([aegister.close(), radar.close()]))
      .then(() => process.exit(0), fail);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/** The usual port where nobody has it, any free one otherwise. */
function freePort(host: string): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(USUAL_PORT, host, () => probe.close(() => resolve(USUAL_PORT)));
  });
}

function welcome(url: string, aegister: string, radar: string): string {
  const { updateIncident, updateIncidentGroup } = examples;
  return [
    '',
    `  GraphQL       ${url}/graphql   (open it in a browser for Apollo Sandbox, which needs the internet)`,
    `  Health        ${url}/readyz`,
    `  Stand-ins     Aegister ${aegister}   Radar ${radar}`,
    '',
    '  Update a dossier in Aegister:',
    '',
    indent(updateIncident),
    '',
    '  Update a group in Radar, and set exactly which findings it has:',
    '',
    indent(updateIncidentGroup),
    '',
    '  The first one from a shell:',
    '',
    indent(curl(url, updateIncident)),
    '',
    '  Ctrl-C stops everything.',
    '',
    '',
  ].join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}

function fail(error: unknown): never {
  const report = error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${report}\n`);
  process.exit(1);
}

main().catch(fail);
