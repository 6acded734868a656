import type { DocumentNode } from 'graphql';

/** Tokens of all documents that are kept. A token with its share of the syntax tree takes about half a kilobyte. */
const MAX_TOKENS = 100_000;

/**
 * Parsed and validated documents by their hash, those used last kept longest. Bounded by what they take, not by their number: clients
 * that write values into their documents instead of using variables send a new one with every request.
 */
export class DocumentCache {
  readonly #maxTokens: number;
  readonly #documents = new Map<string, DocumentNode>();
  #tokens = 0;

  constructor(maxTokens = MAX_TOKENS) {
    this.#maxTokens = maxTokens;
  }

  /** How many documents are kept. */
  get size(): number {
    return this.#documents.size;
  }

  // Promises, because Apollo Server's interface is made for stores elsewhere.
  get(hash: string): Promise<DocumentNode | undefined> {
    const document = this.#documents.get(hash);
    if (document !== undefined) {
      this.#documents.delete(hash);
      this.#documents.set(hash, document);
    }
    return Promise.resolve(document);
  }

  set(hash: string, document: DocumentNode): Promise<void> {
    this.#remove(hash);
    this.#documents.set(hash, document);
    this.#tokens += tokensOf(document);
    for (const [oldest] of this.#documents) {
      if (this.#tokens <= this.#maxTokens) break;
      this.#remove(oldest);
    }
    return Promise.resolve();
  }

  delete(hash: string): Promise<boolean> {
    return Promise.resolve(this.#remove(hash));
  }

  #remove(hash: string): boolean {
    const document = this.#documents.get(hash);
    if (document !== undefined) this.#tokens -= tokensOf(document);
    return this.#documents.delete(hash);
  }
}

function tokensOf(document: DocumentNode): number {
  // Comments and what else the count leaves out is kept as well, so it must not be nothing.
  return (document.tokenCount ?? 0) + (document.loc?.source.body.length ?? 0) / 100;
}
