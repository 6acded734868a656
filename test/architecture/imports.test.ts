import { describe, expect, it } from 'vitest';
import { importsOf, readProjectFile, sourceFiles, type Import } from '../support/source-imports.ts';

/** Which files a zone has. A file belongs to the first that matches; what matches none fails the test. */
const ZONES: readonly (readonly [zone: string, files: RegExp])[] = [
  ['main', /^src\/main\.ts$/],
  ['config', /^src\/config\.ts$/],
  ['domain', /^src\/domain\.ts$/],
  ['formats', /^src\/formats\.ts$/],
  ['schema-files', /^src\/schema-files\.ts$/],
  ['request-context', /^src\/request-context\.ts$/],
  ['generated', /^src\/generated\/resolver-types\.ts$/],
  ['access', /^src\/access\/[a-z-]+\.ts$/],
  ['operations', /^src\/operations\/(?:(?:query|mutation|types)\/)?[a-z-]+\.ts$/],
  ['validation', /^src\/validation\/[a-z-]+\.ts$/],
  ['errors', /^src\/errors\/[a-z-]+\.ts$/],
  ['results', /^src\/results\/[a-z-]+\.ts$/],
  ['execution', /^src\/execution\/[a-z-]+\.ts$/],
  ['server', /^src\/server\/[a-z-]+\.ts$/],
  ['backends/http', /^src\/backends\/http\/[a-z0-9-]+(?:\.d)?\.ts$/],
  ['backends/list', /^src\/backends\/index\.ts$/],
  ['backends/shared', /^src\/backends\/[a-z-]+\.ts$/],
  ['backends/<name>', /^src\/backends\/[a-z]+\/[a-z-]+\.ts$/],
];

interface Allowance {
  /** Zones and packages that may be imported. */
  readonly values: readonly string[];
  /** Zones and packages of which only types may be. */
  readonly types?: readonly string[];
}

/** Who may import what. Its own zone everybody may, except that one backend never sees another. */
const ALLOWED: Readonly<Record<string, Allowance>> = {
  main: { values: ['backends/list', 'config', 'server'] },
  config: { values: ['access', 'backends/shared', 'zod'] },
  domain: { values: [] },
  formats: { values: ['node:buffer'] },
  'schema-files': { values: ['node:fs'] },
  'request-context': { values: [], types: ['access', 'backends/list', 'backends/shared', 'validation'] },
  generated: { values: ['graphql'], types: ['domain', 'request-context'] },
  access: {
    values: ['errors', 'backends/shared', 'jose', 'undici', 'zod', 'node:crypto'],
    types: ['backends/http'],
  },
  operations: { values: ['validation', 'domain', 'formats', 'graphql'], types: ['generated', 'request-context'] },
  validation: { values: ['errors', 'domain', 'formats', 'zod'] },
  errors: { values: [] },
  results: { values: ['errors', 'graphql'] },
  execution: { values: ['graphql'] },
  server: {
    values: [
      ...['execution', 'operations', 'access', 'validation', 'results', 'errors', 'formats', 'schema-files'],
      ...['graphql', '@apollo/server', '@apollo/subgraph', '@graphql-tools/schema'],
      ...[
        'pino',
        'prom-client',
        'negotiator',
        'node:cluster',
        'node:crypto',
        'node:http',
        'node:net',
        'node:timers/promises',
      ],
    ],
    // Types only of whatever knows a backend: a third one changes nothing here.
    types: ['config', 'domain', 'generated', 'request-context', 'backends/shared', 'backends/http'],
  },
  'backends/http': {
    values: ['errors', 'domain', 'formats', 'undici', 'cockatiel', 'node:timers/promises'],
    types: ['backends/shared', 'node:http'],
  },
  'backends/list': { values: ['backends/<name>'] },
  'backends/shared': {
    values: [
      ...['backends/http', 'errors', 'domain', 'formats', 'zod'],
      ...['node:crypto', 'node:fs', 'node:fs/promises', 'node:timers/promises'],
    ],
  },
  'backends/<name>': {
    values: ['backends/shared', 'backends/http', 'errors', 'domain', 'formats', 'zod', 'dataloader'],
    types: ['validation'],
  },
};

function zoneOf(path: string): string | undefined {
  return ZONES.find(([, files]) => files.test(path))?.[0];
}

/** Why an import is not allowed, or undefined when it is. */
function faultOf({ from, to, typeOnly }: Import): string | undefined {
  const source = zoneOf(from);
  const target = to.startsWith('src/') ? zoneOf(to) : to;
  const fault = `${from} -> ${to}${typeOnly ? ' (types)' : ''}`;
  if (source === undefined || target === undefined) return fault;
  if (source === target) {
    const folder = (path: string) => path.split('/', 3).join('/');
    return source === 'backends/<name>' && folder(from) !== folder(to) ? fault : undefined;
  }
  // The list sees only the front door of each backend.
  if (source === 'backends/list' && !to.endsWith('/index.ts')) return fault;
  const { values, types = [] } = ALLOWED[source] ?? { values: [] };
  return values.includes(target) || (typeOnly && types.includes(target)) ? undefined : fault;
}

const files = sourceFiles();
const imports = files.flatMap((path) => importsOf(path));

/** The zones that import one of these packages, whether types or values. */
function zonesUsing(isPackage: (name: string) => boolean): readonly (string | undefined)[] {
  return [...new Set(imports.filter(({ to }) => isPackage(to)).map(({ from }) => zoneOf(from)))].sort();
}

describe('src', () => {
  it('has no file outside the zones, and no zone without a file', () => {
    expect(files.filter((path) => zoneOf(path) === undefined)).toEqual([]);
    expect([...new Set(files.map(zoneOf))].sort()).toEqual(ZONES.map(([zone]) => zone).sort());
    expect(Object.keys(ALLOWED).sort()).toEqual(ZONES.map(([zone]) => zone).sort());
  });

  it('imports only what the table allows', () => {
    expect(imports.length).toBeGreaterThan(files.length);
    expect(imports.map(faultOf).filter((fault) => fault !== undefined)).toEqual([]);
  });

  it('imports only files that are there', () => {
    const inside = imports.filter(({ to }) => !/^(?:@?[a-z]|node:)/.test(to) || to.startsWith('src/'));
    expect(inside.map(({ to }) => to).filter((to) => !files.includes(to))).toEqual([]);
  });

  it('knows undici only where something outside is called: backends, and the issuer of tokens', () => {
    expect(zonesUsing((name) => name === 'undici')).toEqual(['access', 'backends/http']);
  });

  it('loads all of undici, which is slow to start, only where tokens are checked', () => {
    const whole = imports.filter(({ specifier, typeOnly }) => specifier === 'undici' && !typeOnly);
    const loading = whole.map(({ from }) => from).filter((path) => !path.endsWith('.d.ts'));
    expect(loading).toEqual(['src/access/key-set-endpoint.ts']);
  });

  it('knows tokens in access only', () => {
    expect(zonesUsing((name) => name === 'jose')).toEqual(['access']);
  });

  it('knows GraphQL in five folders only', () => {
    const isGraphQL = (name: string) => name === 'graphql' || /^@(?:apollo|graphql-tools)\//.test(name);
    expect(zonesUsing(isGraphQL)).toEqual(['execution', 'generated', 'operations', 'results', 'server']);
  });

  it('builds resolvers into a server in server/ only', () => {
    const users = imports.filter(({ from, to }) => zoneOf(to) === 'operations' && zoneOf(from) !== 'operations');
    expect([...new Set(users.map(({ from }) => zoneOf(from)))]).toEqual(['server']);
  });

  it('names each backend’s folder in the list of backends only', () => {
    const users = imports.filter(({ from, to }) => zoneOf(to) === 'backends/<name>' && zoneOf(from) !== zoneOf(to));
    expect([...new Set(users.map(({ from }) => from))]).toEqual(['src/backends/index.ts']);
  });

  it('reads the environment in main.ts only', () => {
    const reads =
      /process\s*(?:\?\.|\.)\s*env|process\s*(?:\?\.)?\s*\[|import\.meta\.env|from\s+['"](?:node:)?process['"]|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b/;
    expect(files.filter((path) => reads.test(readProjectFile(path)))).toEqual(['src/main.ts']);
  });
});

describe('the check itself', () => {
  const edge = (from: string, to: string, typeOnly = false): Import => ({ from, to, specifier: to, typeOnly });

  it.each([
    ['one backend to another', edge('src/backends/radar/client.ts', 'src/backends/aegister/client.ts', true)],
    ['a backend to operations', edge('src/backends/radar/client.ts', 'src/operations/selection.ts')],
    ['a backend to validation at run time', edge('src/backends/radar/client.ts', 'src/validation/keys.ts')],
    ['a backend to undici', edge('src/backends/radar/client.ts', 'undici')],
    ['an operation to a backend', edge('src/operations/query/incident.ts', 'src/backends/radar/client.ts', true)],
    ['an operation to the errors', edge('src/operations/query/incident.ts', 'src/errors/upstream-error.ts')],
    ['validation to a backend', edge('src/validation/keys.ts', 'src/backends/wire-record.ts')],
    ['the errors to GraphQL', edge('src/errors/translate.ts', 'graphql', true)],
    ['the errors to the domain', edge('src/errors/translate.ts', 'src/domain.ts', true)],
    ['the results to a backend', edge('src/results/format-errors.ts', 'src/backends/backend.ts', true)],
    ['the server to one backend', edge('src/server/readiness.ts', 'src/backends/radar/index.ts', true)],
    ['the server to the configuration at run time', edge('src/server/log.ts', 'src/config.ts')],
    ['the list to the inside of a backend', edge('src/backends/index.ts', 'src/backends/radar/client.ts')],
    ['a test', edge('src/main.ts', 'test/support/world.ts')],
    ['an operation to who may call it', edge('src/operations/query/incident.ts', 'src/access/rules.ts')],
    ['a backend to the caller', edge('src/backends/radar/client.ts', 'src/access/caller.ts', true)],
    ['an unknown folder', edge('src/utils/any.ts', 'src/domain.ts')],
    ['an unknown package', edge('src/server/log.ts', 'left-pad')],
  ])('refuses %s', (_what, refused) => {
    expect(faultOf(refused)).toContain(`${refused.from} -> ${refused.to}`);
  });

  it('sees every form of import', () => {
    const text = `
      import a, { type B } from './a.ts';
      import type { C } from './c.ts';
      import { type D } from './d.ts';
      import './e.ts';
      import * as f from '@apollo/server/plugin/disabled';
      export { g } from '../g.ts';
      export type { H } from './h.ts';
      type I = import('./i.ts').I;
      const j = async () => import('./j.ts');
      // import './not-this.ts'
    `;
    expect(importsOf('src/server/x.ts', text).map(({ to, typeOnly }) => [to, typeOnly])).toEqual([
      ['src/server/a.ts', false],
      ['src/server/c.ts', true],
      ['src/server/d.ts', true],
      ['src/server/e.ts', false],
      ['@apollo/server', false],
      ['src/g.ts', false],
      ['src/server/h.ts', true],
      ['src/server/i.ts', true],
      ['src/server/j.ts', false],
    ]);
  });
});
