import { Line, type Place } from './line.ts';

/** Somebody who has to be over by a certain moment. */
export interface Bounded {
  /** Milliseconds on the clock of `performance.now()`; days ahead at most, since a timer cannot be set for more than 24 of them. */
  readonly end: number;
  /** Where it is watched, undefined while it is not. Set by `Deadlines`. */
  watched: Place<Bounded> | undefined;
  /** The moment has come. It is watched no more. */
  late(): void;
}

/**
 * Watches over many ends with one timer. Nearly everything is over long before it would be late, so a timer each would nearly always be made
 * in vain; whoever is watched costs a place in a line. All of them are looked through when the timer rings, which it does at the earliest end
 * since it was set; whoever had that may be over by then.
 */
export class Deadlines {
  readonly #watched = new Line<Bounded>();
  #timer: NodeJS.Timeout | undefined;
  /** When the timer rings: never after the earliest end. */
  #rings = Infinity;

  watch(who: Bounded): void {
    who.watched = this.#watched.join(who);
    if (who.end < this.#rings) this.#ringAt(who.end);
  }

  /** It is over, or does not want to be told any more. */
  forget(who: Bounded): void {
    if (who.watched === undefined) return;
    this.#watched.leave(who.watched);
    who.watched = undefined;
    // A timer that is left would keep a process from its end.
    if (this.#watched.length === 0) this.#stop();
  }

  #ringAt(end: number): void {
    clearTimeout(this.#timer);
    this.#rings = end;
    this.#timer = setTimeout(() => this.#ring(), Math.ceil(end - performance.now()));
  }

  #ring(): void {
    this.#stop();
    const now = performance.now();
    const late: Bounded[] = [];
    let earliest = Infinity;
    for (let place = this.#watched.first; place !== undefined; place = place.behind) {
      if (place.who.end <= now) late.push(place.who);
      else earliest = Math.min(earliest, place.who.end);
    }
    if (earliest < Infinity) this.#ringAt(earliest);
    for (const who of late) {
      // One that is told may have ended another.
      if (who.watched === undefined) continue;
      this.forget(who);
      who.late();
    }
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#rings = Infinity;
  }
}
