import { formatMarkdown } from './markdown-table.ts';
import { readProjectFile } from './source-imports.ts';

/**
 * A committed page with what a test run says in the blocks (fenced code or a table) below markers such as `<!-- generated: plan -->`,
 * in the layout of this project. To be compared with the page itself.
 * @throws Error when the page has no such block
 */
export async function withGeneratedBlocks(path: string, blocks: Readonly<Record<string, string>>): Promise<string> {
  let page = readProjectFile(path);
  for (const [name, text] of Object.entries(blocks)) {
    const place = new RegExp(`(<!-- generated: ${name} -->\\n\\n)(?:\`\`\`[\\s\\S]*?\\n\`\`\`|(?:\\|.*\\n?)+)`);
    if (!place.test(page)) throw new Error(`${path} has no block "${name}"`);
    page = page.replace(place, (_all, marker: string) => marker + text);
  }
  return formatMarkdown(page);
}

/** Fenced code. */
export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trim()}\n\`\`\``;
}
