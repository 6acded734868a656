import { describe, expect, it } from 'vitest';
import { readProjectFile } from '../support/source-imports.ts';

type Versions = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies: Versions;
  readonly optionalDependencies: Versions;
  readonly devDependencies: Versions;
  readonly overrides: Versions;
  readonly scripts: Versions;
}

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

const manifest = JSON.parse(readProjectFile('package.json')) as Manifest;
const lockText = readProjectFile('package-lock.json');
const { '': root, ...entries } = (JSON.parse(lockText) as { packages: Record<string, LockEntry> }).packages;
const locked = Object.entries(entries);

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

describe('package.json', () => {
  it.each(['dependencies', 'optionalDependencies', 'devDependencies', 'overrides'] as const)(
    'has exact versions in %s',
    (kind) => {
      const versions = Object.entries(manifest[kind]);
      expect(versions.length).toBeGreaterThan(0);
      expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(version))).toEqual([]);
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

describe('package-lock.json', () => {
  it('locks every package by content', () => {
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter(([, { integrity }]) => !(integrity ?? '').startsWith('sha512-'))).toEqual([]);
  });

  it('belongs to package.json', () => {
    const { dependencies, optionalDependencies, devDependencies } = manifest;
    expect(root).toMatchObject({ dependencies, optionalDependencies, devDependencies });
  });

  it('names no server to fetch from', () => {
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(lockText).not.toMatch(/"resolved"|git\+|file:/);
  });

  it('has a licence for every package, and none of Elastic’s', () => {
    expect(locked.filter(([, { license }]) => license === undefined || license === '')).toEqual([]);
    expect(
      locked.filter(([, { license }]) => /elastic|sspl|busl|unlicensed|see licen[cs]e/i.test(license ?? '')),
    ).toEqual([]);
  });

  it('runs scripts of two known packages on installation and of no other', () => {
    const withScript = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    expect([...new Set(withScript.map(([path]) => nameOf(path)))].sort()).toEqual(['@apollo/protobufjs', 'esbuild']);
  });

  it('has one copy of graphql, whose types refuse those of another', () => {
    expect(locked.filter(([path]) => nameOf(path) === 'graphql').map(([path]) => path)).toEqual([
      'node_modules/graphql',
    ]);
  });
});
