import type { GraphQLError, ResponsePath } from 'graphql';

/** A place in an answer, as a list linked from the leaf to the root; undefined is the root itself. */
export type Path = ResponsePath | undefined;

/** The errors of one answer in the order they arose. What fails below a place that is null already is told to nobody. */
export class CollectedErrors {
  readonly errors: GraphQLError[] = [];
  readonly #nulled = new Set<Path>();

  add(error: GraphQLError, path: Path): void {
    if (this.#isBelowNull(path)) return;
    this.#nulled.add(path);
    this.errors.push(error);
  }

  #isBelowNull(path: Path): boolean {
    if (this.#nulled.size === 0) return false;
    for (let place = path; place !== undefined; place = place.prev) if (this.#nulled.has(place)) return true;
    return this.#nulled.has(undefined);
  }
}
