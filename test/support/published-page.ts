import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { expect } from 'vitest';

/**
 * Asserts that a page under docs/ is this Markdown, as prettier lays it out. `npx vitest run -u` writes it anew, so a page never says
 * anything else than the run that made it.
 */
export async function expectPublished(page: string, markdown: string): Promise<void> {
  const file = fileURLToPath(new URL(`../../docs/${page}`, import.meta.url));
  const text = await format(markdown, { ...(await resolveConfig(file)), filepath: file });
  await expect(text).toMatchFileSnapshot(file);
}
