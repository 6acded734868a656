import { readdirSync, readFileSync } from 'node:fs';

/** The folder of the SDL. This file and its bundle, `dist/main.js`, lie equally deep, so the way there is the same. */
const FOLDER = new URL('../schema/', import.meta.url);

/** The subgraph's SDL: every file of `schema/`, in order of their names. */
export function readSchemaFiles(): string {
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.graphql'))
    .sort();
  return names.map((name) => readFileSync(new URL(name, FOLDER), 'utf8')).join('\n');
}
