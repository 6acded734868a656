/** Below this many characters a secret is part of ordinary words, and taking it out would only garble the text. */
const SHORTEST_CENSORED = 6;

/**
 * Takes secrets out of texts. `words` is asked for each text, because secrets change while the process runs; it has to return the same
 * list as long as nothing has changed.
 * @param form how a word looks inside the texts
 */
export function createCensor(words: () => readonly string[], form: (word: string) => string): (text: string) => string {
  let known: readonly string[] = [];
  let needles: readonly string[] = [];
  return (text) => {
    const now = words();
    if (now !== known) {
      known = now;
      const long = now.filter((word) => word.length >= SHORTEST_CENSORED);
      // The longest first: one secret may be the beginning of another, and no rest of that may stay.
      needles = long.map(form).sort((one, other) => other.length - one.length);
    }
    return needles.reduce(replace, text);
  };
}

function replace(text: string, needle: string): string {
  return text.includes(needle) ? text.replaceAll(needle, '[secret]') : text;
}
