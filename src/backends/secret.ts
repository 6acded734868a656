import { readFile, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** One word, or the words of which each is accepted. */
export type SecretValue = string | readonly string[];

/** The value in a text, or what is wrong with the text, without repeating it. */
export type SecretFormat<Value> = (text: string) => { readonly value: Value } | { readonly fault: string };

/** A file that holds a secret, as it was when the settings were read. */
export interface SecretFile<Value extends SecretValue> {
  readonly path: string;
  readonly text: string;
  readonly value: Value;
  readonly format: SecretFormat<Value>;
}

/** What came of a file that has changed. `unusable`: the value of before stays. */
export type SecretNews = { readonly result: 'new' } | { readonly result: 'unusable'; readonly fault: string };

/** How long a file that has changed must stay the same before it is believed, milliseconds: writers truncate first and write then. */
const SETTLE_MS = 50;
/** Largest secret file, bytes; no header could carry more. */
const MAX_BYTES = 65_536;
/** Words that stay secret after they have been replaced: of more rotations than a process commonly lives through. */
const MAX_KNOWN = 32;

/**
 * A secret of the settings. One that came from a file follows the file while the process runs.
 *
 * The file is read again on demand (a timer of the server's, or a backend that refused the credential) and its text compared: no watcher,
 * because a watcher sees the link of a Kubernetes volume and not the folder it points to, and loses a file that is renamed over; no
 * look at its time or size, because a secret of the same length written within one tick of the clock changes neither. Reading some bytes
 * a second costs nothing, and `current` stays a property that no request waits for.
 */
export class Secret<Value extends SecretValue = string> {
  /** The variable it was set by. */
  readonly setting: string;
  readonly #file: SecretFile<Value> | undefined;
  #value: Value;
  #known: readonly string[];
  #seen: string | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #listener: (news: SecretNews) => void = () => undefined;

  constructor(setting: string, given: { readonly value: Value } | { readonly file: SecretFile<Value> }) {
    this.setting = setting;
    this.#file = 'file' in given ? given.file : undefined;
    this.#value = 'file' in given ? given.file.value : given.value;
    this.#seen = this.#file?.text;
    this.#known = wordsOf(this.#value);
  }

  current(): Value {
    return this.#value;
  }

  /** Every word so far, the present ones first: none of them belongs into an answer or a log. The same list until a word is added. */
  known(): readonly string[] {
    return this.#known;
  }

  /** Has one listener told whenever the file has changed. */
  onNews(listener: (news: SecretNews) => void): void {
    this.#listener = listener;
  }

  /**
   * Follows the file, if there is one, and settles when a look that began no earlier than this call is over. Never rejects. Of calls
   * during a look one more look is made for all: that one may have read the file before it was changed.
   */
  refresh(): Promise<void> {
    const file = this.#file;
    if (file === undefined) return Promise.resolve();
    const look = () => (this.#running = this.#follow(file).finally(() => (this.#running = undefined)));
    if (this.#running === undefined) return look();
    return (this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      return look();
    }));
  }

  async #follow({ path, format }: SecretFile<Value>): Promise<void> {
    const text = await readSecretText(path);
    if (text === this.#seen) return;
    await sleep(SETTLE_MS, undefined, { ref: false });
    // Still being written: the next look will find it whole.
    if ((await readSecretText(path)) !== text) return;
    this.#seen = text;
    const read = text === undefined ? { fault: 'cannot be read' } : format(text);
    if ('fault' in read) return this.#listener({ result: 'unusable', fault: read.fault });
    const words = wordsOf(read.value);
    if (words.length === 0 && this.#known.length > 0) {
      // Fails closed: a file that was swapped by mistake must not open the service to everybody.
      return this.#listener({ result: 'unusable', fault: 'holds no secret; running without one takes a restart' });
    }
    this.#value = read.value;
    this.#known = [...new Set([...words, ...this.#known])].slice(0, MAX_KNOWN);
    this.#listener({ result: 'new' });
  }
}

/** The secret of a setting that is given by value or by file; undefined when it is given neither way. */
export function secretOf<Value extends SecretValue>(
  name: string,
  value: Value | undefined,
  file: SecretFile<Value> | undefined,
): Secret<Value> | undefined {
  if (value !== undefined) return new Secret(name, { value });
  return file === undefined ? undefined : new Secret(`${name}_FILE`, { file });
}

/** The text of a secret file, without the line break that editors put at its end. */
export function withoutLineBreak(text: string): string {
  return text.replace(/\r?\n$/, '');
}

/** Undefined when there is no file of a secret's size. What is no file is not opened: a pipe would block until somebody writes. */
async function readSecretText(path: string): Promise<string | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile() || found.size > MAX_BYTES) return undefined;
    return withoutLineBreak(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function wordsOf(value: SecretValue): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
