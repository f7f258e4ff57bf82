/** What comes first at one instant. */
const ORDER = {
  ...{
    'balancer hears': -2,
    'balancer gives up': -1,
    arrival: 0,
    answer: 1,
    cancellation: 2,
    timeout: 3,
    patience: 4,
    retry: 5,
    population: 6,
    userAsks: 7,
  },
  ...{ visible: 8, handed: 9, offered: 10, asks: 11, published: 12 },
} as const;

interface Entry {
  readonly at: number;
  readonly kind: keyof typeof ORDER;
  readonly run: (at: number) => void;
  cancelled: boolean;
}

/** Timers in a list sorted by (instant, kind, age). */
export class NaiveAgenda {
  /** The next one last, so that taking it is cheap. */
  private readonly entries: Entry[] = [];

  nextAt(): number {
    let last = this.entries.at(-1);
    while (last?.cancelled === true) {
      this.entries.pop();
      last = this.entries.at(-1);
    }
    return last?.at ?? Infinity;
  }

  /** Sets a timer and returns what cancels it. */
  set(at: number, kind: keyof typeof ORDER, run: (at: number) => void): () => void {
    const entry: Entry = { at, kind, run, cancelled: false };
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.entries[middle];
      const otherIsLater = other.at > at || (other.at === at && ORDER[other.kind] > ORDER[kind]);
      if (otherIsLater) low = middle + 1;
      else high = middle;
    }
    this.entries.splice(low, 0, entry);
    return () => (entry.cancelled = true);
  }

  /** Does something then, or at once where that is now. */
  when(now: number, then: number, kind: keyof typeof ORDER, run: (at: number) => void): (() => void) | null {
    if (then > now) return this.set(then, kind, run);
    run(now);
    return null;
  }

  runNext(): void {
    const entry = this.entries.pop()!;
    entry.run(entry.at);
  }
}
