import { isProduction, lockfiles, packagesByLicence } from '../test/support/lockfiles.ts';

/** Prints how many packages there are under each licence. That each of them is allowed is for the tests to say. */
const production = packagesByLicence(isProduction);
const row = (...cells: readonly (string | number)[]) => `${cells.map((cell) => String(cell).padStart(12)).join('')}\n`;

process.stdout.write(`${lockfiles().join(', ')}\n${row('packages', 'production')}`);
for (const [licence, packages] of packagesByLicence()) {
  process.stdout.write(row(packages.length, production.get(licence)?.length ?? 0).replace('\n', `  ${licence}\n`));
}
