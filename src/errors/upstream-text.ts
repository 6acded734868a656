/** Most characters of one piece of upstream text that an answer may carry. */
const MAX_CHARACTERS = 500;
const LINE_BREAKS = /[\t\n\r\u2028\u2029]+/g;
// Cc: control characters; Cf: invisible ones that reorder or hide text; Cs: lone halves of a surrogate pair.
const INVISIBLE = /[\s\p{M}\p{Default_Ignorable_Code_Point}]+/gu;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * Upstream text in a form that may be shown, or null when nothing may be shown.
 * Control characters go, line breaks become spaces, at most 500 characters stay. Text that holds one of the `sensitive` strings
 * (configured secrets, backend addresses; compared without regard to case) is dropped whole, and that is decided before the text
 * is cut, so that no part of a secret can be left standing at the end.
 */
export function presentableText(text: string, sensitive: readonly string[]): string | null {
  const printable = text.replace(LINE_BREAKS, ' ').replace(UNPRINTABLE, '').trim();
  if (printable === '') return null;
  // A secret broken over lines, widened or sprinkled with invisible characters is still a secret, so the comparison also runs on the
  // text without any of that.
  const bareText = printable.normalize('NFKD').replace(INVISIBLE, '');
  const forms = [printable.toLowerCase(), bareText.toLowerCase()];
  for (const secret of sensitive) {
    const needle = secret.toLowerCase();
    const bare = needle.replace(/\s+/g, '');
    if (bare !== '' && forms.some((form) => form.includes(needle) || form.includes(bare))) return null;
  }
  return Array.from(printable).slice(0, MAX_CHARACTERS).join('');
}
