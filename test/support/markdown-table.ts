import { format } from 'prettier';

/** A Markdown table from rows of cells, the first of which is its head. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')));
  return [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** Markdown as `prettier --write` leaves it, so that a generated page passes the check of the formatting. */
export function formatMarkdown(text: string): Promise<string> {
  return format(text, { parser: 'markdown', printWidth: 140 });
}
