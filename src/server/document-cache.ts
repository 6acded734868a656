import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { PlannedOperation } from '../execution/planned-operation.ts';

/** Tokens of all documents that are kept. A token with its share of the syntax tree takes about half a kilobyte. */
const MAX_TOKENS = 100_000;

/** An operation of a kept document that can be run without looking at the document again. */
export interface KnownOperation {
  readonly operation: OperationDefinitionNode;
  readonly planned: PlannedOperation;
}

interface Entry {
  readonly hash: string;
  readonly text: string | undefined;
  readonly document: DocumentNode;
  readonly tokens: number;
  /** By the name that a request gives, which may be none. */
  readonly operations: Map<string | undefined, KnownOperation>;
}

/**
 * Parsed and validated documents, those used last kept longest: by their hash for Apollo Server, and by their text for requests that need
 * nothing of it any more. Bounded by what they take, not by their number: clients that write values into their documents instead of
 * using variables send a new one with every request.
 */
export class DocumentCache {
  readonly #maxTokens: number;
  readonly #byHash = new Map<string, Entry>();
  readonly #byText = new Map<string | undefined, Entry>();
  #tokens = 0;
  #latest: Entry | undefined;

  constructor(maxTokens = MAX_TOKENS) {
    this.#maxTokens = maxTokens;
  }

  /** How many documents are kept. */
  get size(): number {
    return this.#byHash.size;
  }

  // Promises, because Apollo Server's interface is made for stores elsewhere.
  get(hash: string): Promise<DocumentNode | undefined> {
    const entry = this.#byHash.get(hash);
    if (entry !== undefined) this.#touch(entry);
    return Promise.resolve(entry?.document);
  }

  set(hash: string, document: DocumentNode): Promise<void> {
    this.#remove(this.#byHash.get(hash));
    const text = document.loc?.source.body;
    const entry: Entry = { hash, text, document, tokens: tokensOf(document, text), operations: new Map() };
    this.#byHash.set(hash, entry);
    this.#latest = entry;
    this.#byText.set(text, entry);
    this.#tokens += entry.tokens;
    for (const oldest of this.#byHash.values()) {
      if (this.#tokens <= this.#maxTokens) break;
      this.#remove(oldest);
    }
    return Promise.resolve();
  }

  delete(hash: string): Promise<boolean> {
    return Promise.resolve(this.#remove(this.#byHash.get(hash)));
  }

  /** The operation that a request with this document and this `operationName` means, when it was remembered. */
  operation(text: string, name: string | undefined): KnownOperation | undefined {
    // Often the same as before: to compare two texts takes a fraction of what it takes to hash one.
    const entry = this.#latest?.text === text ? this.#latest : this.#byText.get(text);
    if (entry !== undefined) this.#touch(entry);
    return entry?.operations.get(name);
  }

  /** Keeps an operation together with its document, for as long as that is kept. */
  remember(text: string, name: string | undefined, operation: KnownOperation): void {
    this.#byText.get(text)?.operations.set(name, operation);
  }

  #touch(entry: Entry): void {
    if (entry === this.#latest) return;
    this.#byHash.delete(entry.hash);
    this.#byHash.set(entry.hash, entry);
    this.#latest = entry;
  }

  #remove(entry: Entry | undefined): boolean {
    if (entry === undefined) return false;
    if (entry === this.#latest) this.#latest = undefined;
    this.#tokens -= entry.tokens;
    this.#byText.delete(entry.text);
    return this.#byHash.delete(entry.hash);
  }
}

function tokensOf({ tokenCount = 0 }: DocumentNode, text = ''): number {
  // Comments and what else the count leaves out is kept as well, so it must not be nothing.
  return tokenCount + text.length / 100;
}
