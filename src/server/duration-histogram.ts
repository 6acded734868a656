import { Histogram, type Registry } from 'prom-client';

/** Upper ends of the buckets, seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export interface DurationHistogramOptions<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
  readonly registers: Registry[];
}

type Described<Label extends string> = Awaited<ReturnType<Histogram<Label>['get']>>;
/** A value as prom-client's registry reads it: labels that several values share stand apart. */
type Value<Label extends string> = Described<Label>['values'][number] & {
  readonly sharedLabels?: Readonly<Record<string, string>>;
};
type Shown<Label extends string> = Pick<Described<Label>, 'name' | 'help' | 'type'> & {
  readonly values: Value<Label>[];
};

declare module 'prom-client' {
  interface Histogram<T extends string> {
    /** What both `get` and the registry's text are made of. The library's types leave it out. */
    getForPromString(): Promise<Shown<T>>;
  }
}

/** What was observed under one combination of labels. */
interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Observations in each bucket and in none below it; the last one is beyond all of them. */
  readonly counts: number[];
  /** Seconds. */
  sum: number;
}

/** Where the values of the labels lead to, one after the other. */
interface Branch {
  readonly next: Map<string, Branch>;
  series: Series | undefined;
}

/**
 * prom-client's histogram, told of durations by `add` instead of `observe`, which puts the labels together as a text each time: one for
 * an operation and one for each call came to 2 to 3 % of a write and of a page of entities. What is shown is the same to the letter, and the
 * library's registry shows it. Of the library's own ways to tell it of something none is to be used beside `add`.
 */
export class DurationHistogram<Label extends string> extends Histogram<Label> {
  readonly #name: string;
  readonly #labelNames: readonly Label[];
  readonly #root: Branch = { next: new Map(), series: undefined };
  readonly #all: Series[] = [];

  constructor(options: DurationHistogramOptions<Label>) {
    super({ ...options, buckets: BUCKETS });
    this.#name = options.name;
    this.#labelNames = options.labelNames;
  }

  /** @throws TypeError when the duration is no finite number, as `observe` does: the sum would be none for ever */
  add(labels: Readonly<Record<Label, string>>, durationMs: number): void {
    if (!Number.isFinite(durationMs)) throw new TypeError('a duration is a finite number');
    const series = this.#seriesOf(labels);
    const seconds = durationMs / 1000;
    let bucket = 0;
    while (bucket < BUCKETS.length && seconds > (BUCKETS[bucket] ?? Infinity)) bucket += 1;
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
    series.sum += seconds;
  }

  #seriesOf(labels: Readonly<Record<Label, string>>): Series {
    let branch = this.#root;
    for (const name of this.#labelNames) {
      let next = branch.next.get(labels[name]);
      if (next === undefined) branch.next.set(labels[name], (next = { next: new Map(), series: undefined }));
      branch = next;
    }
    return (branch.series ??= this.#begin(labels));
  }

  #begin(given: Readonly<Record<Label, string>>): Series {
    const labels = Object.fromEntries(this.#labelNames.map((name) => [name, given[name]]));
    const series = { labels, counts: Array.from({ length: BUCKETS.length + 1 }, () => 0), sum: 0 };
    this.#all.push(series);
    return series;
  }

  override async getForPromString(): Promise<Shown<Label>> {
    const shown = await super.getForPromString();
    return Object.assign(shown, { values: [...shown.values, ...this.#all.flatMap((series) => this.#values(series))] });
  }

  #values({ labels, counts, sum }: Series): Value<Label>[] {
    let count = 0;
    const value = (suffix: string, observed: number, ownLabels = {}): Value<Label> => {
      return { metricName: `${this.#name}_${suffix}`, labels: ownLabels, sharedLabels: labels, value: observed };
    };
    const buckets = counts.map((observed, index) => {
      count += observed;
      return value('bucket', count, { le: BUCKETS[index] ?? '+Inf' });
    });
    return [...buckets, value('sum', sum), value('count', count)];
  }
}
