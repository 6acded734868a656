import { randomUUID } from 'node:crypto';
import { servedSdl } from '../../federation/served-sdl.ts';
import { curl, indent, runExample, type Example } from '../example-process.ts';
import { startSeededService, usualOrFreePort } from '../seeded-service.ts';
import { startDirectory } from './directory/server.ts';
import { startGateway } from './gateway.ts';
import { crossingQuery } from './query.ts';
import { composedExample, readDirectorySdl } from './subgraphs.ts';

const LOCAL = '127.0.0.1';

/**
 * `npm run supergraph`: this service and a staff directory, composed, behind a real gateway. Of the environment HOST and PORT (the
 * gateway's), the other ports, ROUTER_SECRET, LOG_LEVEL and DIRECTORY_SCHEMA are read.
 */
async function start(environment: NodeJS.ProcessEnv): Promise<Example> {
  const { HOST = LOCAL, PORT, DEMO_INCIDENTS_PORT = '0', DEMO_DIRECTORY_PORT = '0', DIRECTORY_SCHEMA } = environment;
  // Nothing is started unless the two fit together.
  const directorySdl = readDirectorySdl(DIRECTORY_SCHEMA);
  const supergraphSdl = composedExample(await servedSdl(), directorySdl);

  const routerSecret = environment['ROUTER_SECRET'] ?? randomUUID();
  const incidents = await startSeededService(environment, {
    HOST: LOCAL,
    PORT: DEMO_INCIDENTS_PORT,
    ROUTER_SECRET: routerSecret,
  });
  const directory = await startDirectory({ host: LOCAL, port: Number(DEMO_DIRECTORY_PORT), sdl: directorySdl });
  const gateway = await startGateway({
    host: HOST,
    port: Number(PORT ?? (await usualOrFreePort(HOST))),
    supergraphSdl,
    addresses: { incidents: `${incidents.url}/graphql`, directory: `${directory.url}/graphql` },
    routerSecret,
  });
  return {
    greeting: greeting(gateway.url, { incidents: incidents.url, directory: directory.url }),
    async close() {
      await gateway.close();
      await Promise.all([directory.close(), incidents.close()]);
    },
  };
}

function greeting(url: string, { incidents, directory }: { incidents: string; directory: string }): string {
  return [
    '',
    `  Gateway       ${url}/graphql`,
    `  Subgraphs     incidents ${incidents}   directory ${directory}`,
    '',
    '  What the shift watches: names and runbooks from the directory, the rest from Radar by way of this service:',
    '',
    indent(crossingQuery),
    '',
    '  The same from a shell:',
    '',
    indent(curl(url, crossingQuery)),
    '',
    '  Ctrl-C stops everything.',
    '',
    '',
  ].join('\n');
}

runExample(start);
