import { curl, indent, runExample, type Example } from '../example-process.ts';
import { startSeededService, usualOrFreePort } from '../seeded-service.ts';
import { examples } from './examples.ts';

/** `npm run demo`: this service in front of stand-in backends. Of the environment HOST and PORT are read, and what the service reads. */
async function start(environment: NodeJS.ProcessEnv): Promise<Example> {
  const { HOST = '127.0.0.1', PORT } = environment;
  const service = await startSeededService(environment, {
    HOST,
    PORT: PORT ?? String(await usualOrFreePort(HOST)),
  });
  return { greeting: greeting(service.url, service.aegister, service.radar), close: () => service.close() };
}

function greeting(url: string, aegister: string, radar: string): string {
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

runExample(start);
