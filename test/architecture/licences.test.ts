import { describe, expect, it } from 'vitest';
import { isProduction, lockfiles, packagesByLicence } from '../support/lockfiles.ts';

/** What the production server may be made of. Anything else is a decision, to be made here. */
const PRODUCTION = ['(MIT AND BSD-3-Clause)', '0BSD', 'Apache-2.0', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'];
/** What it may be built and tested with beside that. None of it is handed on. */
const DEVELOPMENT = ['(MIT OR Apache-2.0)', 'BSD-2-Clause', 'CC-BY-4.0', 'MPL-2.0', 'Python-2.0'];

/** Packages under other licences than these. */
function othersThan(allowed: readonly string[], packages: ReadonlyMap<string, readonly string[]>) {
  return Object.fromEntries([...packages].filter(([licence]) => !allowed.includes(licence)));
}

describe('the licences of everything that is installed', () => {
  const all = packagesByLicence();
  const production = packagesByLicence(isProduction);

  it('are read from every lockfile of the project', () => {
    expect(lockfiles()).toContain('package-lock.json');
    expect(all.get('MIT')?.length).toBeGreaterThan(production.get('MIT')?.length ?? 0);
    expect(production.get('MIT')?.length).toBeGreaterThan(50);
  });

  it('are all among those allowed, in production among fewer', () => {
    expect(othersThan([...PRODUCTION, ...DEVELOPMENT], all)).toEqual({});
    expect(othersThan(PRODUCTION, production)).toEqual({});
  });

  it('leave no licence allowed that nothing has', () => {
    expect(PRODUCTION.filter((licence) => !production.has(licence))).toEqual([]);
    expect(DEVELOPMENT.filter((licence) => !all.has(licence))).toEqual([]);
  });
});
