interface Entry {
  readonly index: number;
  readonly value: number;
}

/**
 * The largest of the values recorded at the newest `size` indices. Of several values at one index the largest counts; an index never falls.
 *
 * Source: knative/serving pkg/autoscaler/aggregation/max.
 */
export class SlidingMaximum {
  /** Those that can still become the largest: later ones are smaller. */
  private readonly entries: Entry[] = [];

  constructor(private readonly size: number) {}

  /** Adds a value; what is `size` or more indices older is forgotten. */
  record(index: number, value: number): void {
    const { entries } = this;
    while (entries.length > 0 && value >= entries[entries.length - 1].value) entries.pop();
    while (entries.length > 0 && index - entries[0].index >= this.size) entries.shift();
    const last = entries.at(-1);
    if (last?.index !== index) entries.push({ index, value });
  }

  /** The largest value; `record` must have been called. */
  current(): number {
    return this.entries[0].value;
  }
}
