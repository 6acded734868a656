import { closeSync, openSync, readSync } from 'node:fs';

/** Counts lines of a growing log by their message. Of a long run it is longer than a text can be, so each byte is read once, piece by piece. */
export class LogTally {
  readonly #file: string;
  readonly #piece = Buffer.alloc(1 << 20);
  #read = 0;
  #rest = '';
  readonly #counts = new Map<string, number>();

  constructor(file: string) {
    this.#file = file;
  }

  /** How many whole lines with this `msg` there are by now. */
  count(message: string): number {
    this.#catchUp();
    return this.#counts.get(message) ?? 0;
  }

  #catchUp(): void {
    const file = openSync(this.#file, 'r');
    try {
      for (;;) {
        const length = readSync(file, this.#piece, 0, this.#piece.length, this.#read);
        if (length === 0) return;
        this.#read += length;
        // Bytes as Latin-1: a letter of several bytes may be cut, and messages have none.
        const lines = (this.#rest + this.#piece.toString('latin1', 0, length)).split('\n');
        this.#rest = lines.pop() ?? '';
        for (const line of lines) this.#add(line);
      }
    } finally {
      closeSync(file);
    }
  }

  #add(line: string): void {
    const message = /"msg":"([^"]*)"\}$/.exec(line)?.[1];
    if (message !== undefined) this.#counts.set(message, (this.#counts.get(message) ?? 0) + 1);
  }
}
