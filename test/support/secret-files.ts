import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the files of a folder get new contents. */
export type Rotation = 'kubernetes' | 'rename' | 'rewrite';

export interface SecretFiles {
  pathOf(name: string): string;
  /** Gives all files new contents at once. */
  rotate(texts: Readonly<Record<string, string>>): void;
  remove(): void;
}

/** A folder of secret files, laid out as this kind of rotation needs it. */
export function createSecretFiles(rotation: Rotation, texts: Readonly<Record<string, string>>): SecretFiles {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  const pathOf = (name: string) => join(folder, name);
  let generation = 0;

  /** As the kubelet does it: every file is a link through `..data`, and `..data` is swapped for a link to another folder. */
  function swapData(next: Readonly<Record<string, string>>): void {
    generation += 1;
    const version = `..version-${generation}`;
    mkdirSync(pathOf(version));
    for (const [name, text] of Object.entries(next)) writeFileSync(join(pathOf(version), name), text);
    symlinkSync(version, pathOf('..data_tmp'));
    renameSync(pathOf('..data_tmp'), pathOf('..data'));
  }

  if (rotation === 'kubernetes') {
    swapData(texts);
    for (const name of Object.keys(texts)) symlinkSync(join('..data', name), pathOf(name));
  } else {
    for (const [name, text] of Object.entries(texts)) writeFileSync(pathOf(name), text);
  }
  return {
    pathOf,
    rotate(next) {
      if (rotation === 'kubernetes') return swapData(next);
      for (const [name, text] of Object.entries(next)) {
        const path = pathOf(name);
        if (rotation === 'rewrite') writeFileSync(path, text);
        else {
          writeFileSync(`${path}.new`, text);
          renameSync(`${path}.new`, path);
        }
      }
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
