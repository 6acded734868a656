import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Folder of the benchmark, and of the project around it, each with a slash at the end. */
export const BENCH = new URL('../', import.meta.url);
export const PROJECT = new URL('../../', import.meta.url);

/** Options of node that `npm start` and the image give. */
export const START_OPTIONS = [
  '--enable-source-maps',
  '--max-semi-space-size=32',
  '--max-inlined-bytecode-size-cumulative=2400',
  '--heap-growing-percent=80',
  '--no-allocation-site-pretenuring',
  '--v8-pool-size=2',
] as const;

/** What both set for glibc, where nobody has set it. */
export const START_ENVIRONMENT = { MALLOC_ARENA_MAX: '1' } as const;

const path = (name: string, folder: URL) => fileURLToPath(new URL(name, folder));

/** Bundles the processes of the benchmark as the product is bundled, so that none of them carries a TypeScript loader. */
export async function buildProcesses(names: readonly string[]): Promise<void> {
  await build({
    entryPoints: names.map((name) => path(`processes/${name}.ts`, BENCH)),
    outdir: path('dist/', BENCH),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
}

/** Bundles the product exactly as `npm start` does. */
export function buildProduct(): void {
  npm(['run', '--silent', 'bundle'], fileURLToPath(PROJECT));
}

/** Installs what the peers are made of, unless it is there as the lockfile says. */
export function installPeers(): void {
  const installed = path('node_modules/.package-lock.json', BENCH);
  const isNewer = (file: string, other: string) => statSync(file).mtimeMs > statSync(other).mtimeMs;
  if (existsSync(installed) && !isNewer(path('package-lock.json', BENCH), installed)) return;
  process.stderr.write('Installing the peers (npm ci in bench/) ...\n');
  npm(['ci', '--silent'], fileURLToPath(BENCH));
}

/** Runs npm in a folder. @throws Error when it fails */
export function npm(parameters: readonly string[], folder: string): void {
  // npm is a script on Windows, which only a shell starts.
  execFileSync('npm', parameters, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
}
