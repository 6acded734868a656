import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What is installed or built, and what belongs to git. */
const NOT_OURS = new Set(['node_modules', '.cache', '.git', 'dist', 'coverage']);

export interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  /** Only for development: not in the production server. */
  readonly dev?: boolean;
}

/** Every `package-lock.json` of this project, from its root. */
export function lockfiles(folder = ''): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : lockfiles(path);
    return entry.name === 'package-lock.json' ? [path] : [];
  });
}

/** What a lockfile locks, by the place where it is installed; the project itself is not among it. */
export function lockedPackages(path: string): ReadonlyMap<string, LockEntry> {
  const { packages } = JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as { packages: Record<string, LockEntry> };
  return new Map(Object.entries(packages).filter(([place]) => place !== ''));
}

/** Whether a package is part of the production server. */
export function isProduction({ dev }: LockEntry, lockfile: string): boolean {
  return lockfile === 'package-lock.json' && dev !== true;
}

/** Places of packages by licence, the most common licence first. A package that states none is under "none". */
export function packagesByLicence(
  counts: (entry: LockEntry, lockfile: string) => boolean = () => true,
): ReadonlyMap<string, readonly string[]> {
  const byLicence = new Map<string, string[]>();
  for (const path of lockfiles()) {
    for (const [place, entry] of lockedPackages(path)) {
      if (!counts(entry, path)) continue;
      const licence = entry.license === undefined || entry.license === '' ? 'none' : entry.license;
      byLicence.set(licence, [...(byLicence.get(licence) ?? []), `${path}: ${place}`]);
    }
  }
  return new Map([...byLicence].toSorted(([, a], [, b]) => b.length - a.length));
}
