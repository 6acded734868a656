/** Characters that may stand between the letters of a secret without hiding it from a reader. */
const FILLERS = /[\s\p{C}\p{M}\p{Default_Ignorable_Code_Point}]+/gu;

export interface CanarySearch {
  /** Keeps a text to be searched: as it is, and every string inside it where it is JSON. */
  add(place: string, text: string): void;
  /** Where any of these words stands, in whatever case, widened or with fillers between its letters. */
  hits(words: readonly string[], places?: RegExp): readonly string[];
  /** How much there is to search, by place. */
  amounts(): Readonly<Record<string, { readonly texts: number; readonly characters: number }>>;
}

/** Collects everything that a process lets out, to be searched for what it must not let out. */
export function createCanarySearch(): CanarySearch {
  const kept: { place: string; text: string; bare: string }[] = [];
  return {
    add(place, text) {
      kept.push({ place, text, bare: bareText([text, ...stringsIn(text)].join('\n')) });
    },
    hits(words, places = /./) {
      return kept.flatMap(({ place, text, bare }) =>
        places.test(place)
          ? words
              .filter((word) => bare.includes(bareText(word)))
              .map((word) => `${word} in ${place}: ${text.slice(0, 500)}`)
          : [],
      );
    },
    amounts() {
      const amounts: Record<string, { texts: number; characters: number }> = {};
      for (const { place, text } of kept) {
        const amount = (amounts[place] ??= { texts: 0, characters: 0 });
        amount.texts += 1;
        amount.characters += text.length;
      }
      return amounts;
    },
  };
}

function bareText(text: string): string {
  return text.normalize('NFKD').replace(FILLERS, '').toLowerCase();
}

function stringsIn(text: string): readonly string[] {
  try {
    const strings: string[] = [];
    JSON.parse(text, (key, value: unknown) => {
      strings.push(key);
      if (typeof value === 'string') strings.push(value);
      return value;
    });
    return strings;
  } catch {
    return [];
  }
}
