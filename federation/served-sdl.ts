import { graphql } from 'graphql';
import { format, resolveConfig } from 'prettier';
import { resolvers } from '../src/operations/index.ts';
import { readSchemaFiles } from '../src/schema-files.ts';
import { createSchema } from '../src/server/schema.ts';

/** Where the printed SDL is kept, from the project's root. */
export const PRINTED_SDL = 'federation/incidents.graphql';

const HEADER = '# What `_service { sdl }` serves. Written by `npm run schema:print`. Do not edit.\n';

/** The SDL that a router gets from `_service`, letter for letter. */
export async function servedSdl(): Promise<string> {
  const schema = createSchema({
    sdl: readSchemaFiles(),
    resolvers,
    maxRepresentations: 1,
    recordWrite: () => Promise.resolve(),
  });
  const { data, errors } = await graphql({ schema, source: '{ _service { sdl } }', contextValue: {} });
  const service: unknown = data?.['_service'];
  if (typeof service === 'object' && service !== null && 'sdl' in service && typeof service.sdl === 'string') {
    return service.sdl;
  }
  throw new Error('the schema serves no SDL', { cause: errors });
}

/** The served SDL as it is committed. */
export async function printedSdl(): Promise<string> {
  return formatSdl(HEADER + (await servedSdl()));
}

/** SDL in the layout of this project, so that equal text means equal SDL. */
export async function formatSdl(sdl: string): Promise<string> {
  return format(sdl, { ...(await resolveConfig(PRINTED_SDL)), parser: 'graphql' });
}
