import { describe, expect, it } from 'vitest';
import type { LockEntry } from '../support/lockfiles.ts';
import { readProjectFile } from '../support/source-imports.ts';

type Versions = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies: Versions;
  readonly optionalDependencies: Versions;
  readonly devDependencies: Versions;
  readonly overrides: Versions;
  readonly scripts: Versions;
}

const manifest = JSON.parse(readProjectFile('package.json')) as Manifest;
const benchManifest = JSON.parse(readProjectFile('bench/package.json')) as Pick<Manifest, 'dependencies'>;

function readLock(path: string) {
  const text = readProjectFile(path);
  const { '': root, ...entries } = (JSON.parse(text) as { packages: Record<string, LockEntry> }).packages;
  return { text, root, entries, locked: Object.entries(entries) };
}

const productLock = readLock('package-lock.json');
const { entries } = productLock;
/** What the benchmark compares the service with is installed apart from it, and under the same rules. */
const benchLock = readLock('bench/package-lock.json');

const EXACT = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

describe('package.json', () => {
  it.each(['dependencies', 'optionalDependencies', 'devDependencies', 'overrides'] as const)(
    'has exact versions in %s',
    (kind) => {
      const versions = Object.entries(manifest[kind]);
      expect(versions.length).toBeGreaterThan(0);
      expect(versions.filter(([, version]) => !EXACT.test(version))).toEqual([]);
    },
  );

  it('runs nothing on installation', () => {
    const hooks = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare'];
    expect(hooks.filter((name) => name in manifest.scripts)).toEqual([]);
  });

  it('takes the federation library from 2.15 on', () => {
    const [major = 0, minor = 0] = (manifest.dependencies['@apollo/subgraph'] ?? '').split('.').map(Number);
    expect(major * 1_000 + minor).toBeGreaterThanOrEqual(2_015);
    expect(entries['node_modules/@apollo/subgraph']?.version).toBe(manifest.dependencies['@apollo/subgraph']);
  });
});

describe('bench/package.json', () => {
  const { dependencies, ...rest } = benchManifest;

  it('has exact versions, and the product’s own of whatever both use', () => {
    expect(Object.entries(dependencies).filter(([, version]) => !EXACT.test(version))).toEqual([]);
    const shared = Object.entries(dependencies).filter(([name]) => name in manifest.dependencies);
    expect(shared.map(([name]) => name)).toEqual(['@apollo/server', '@apollo/subgraph', 'graphql', 'undici']);
    expect(shared.filter(([name, version]) => manifest.dependencies[name] !== version)).toEqual([]);
  });

  it('runs nothing on installation', () => {
    expect(Object.keys(rest)).not.toContain('scripts');
  });

  it('is installed under the same settings as the product', () => {
    expect(readProjectFile('bench/.npmrc')).toBe(readProjectFile('.npmrc'));
  });

  it('keeps the peers out of the product', () => {
    const peers = ['@apollo/datasource-rest', 'fastify', 'mercurius'];
    expect(peers.filter((name) => !(name in dependencies))).toEqual([]);
    expect(peers.filter((name) => `node_modules/${name}` in entries)).toEqual([]);
  });
});

describe.each([
  ['package-lock.json', productLock, ['@apollo/protobufjs', 'esbuild']],
  ['bench/package-lock.json', benchLock, ['@apollo/protobufjs']],
] as const)('%s', (_path, { text, locked }, withInstallScript) => {
  it('locks every package by content', () => {
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter(([, { integrity }]) => !(integrity ?? '').startsWith('sha512-'))).toEqual([]);
  });

  it('names no server to fetch from', () => {
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(text).not.toMatch(/"resolved"|git\+|file:/);
  });

  it('runs scripts of known packages on installation and of no other', () => {
    const withScript = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    expect([...new Set(withScript.map(([path]) => nameOf(path)))].sort()).toEqual(withInstallScript);
  });

  it('has one copy of graphql, whose types refuse those of another', () => {
    expect(locked.filter(([path]) => nameOf(path) === 'graphql').map(([path]) => path)).toEqual([
      'node_modules/graphql',
    ]);
  });
});

describe('the lockfiles', () => {
  it('belong to their package.json', () => {
    const { dependencies, optionalDependencies, devDependencies } = manifest;
    expect(productLock.root).toMatchObject({ dependencies, optionalDependencies, devDependencies });
    expect(benchLock.root).toMatchObject({ dependencies: benchManifest.dependencies });
  });
});
