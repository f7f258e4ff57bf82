/**
 * The last few (time, value) samples in arrival order, oldest dropped first: no allocation per sample.
 *
 * It means: `samples.push({time, value}); if (samples.length > capacity) samples.shift()`. Times must not decrease.
 */
export class RingWindow {
  private readonly times: Float64Array;
  private readonly values: Float64Array;
  private head = 0;
  size = 0;

  constructor(
    /** The most samples it keeps, at least 1. */
    readonly capacity: number,
  ) {
    this.times = new Float64Array(capacity);
    this.values = new Float64Array(capacity);
  }

  /** Adds the newest sample. */
  push(time: number, value: number): void {
    const slot = (this.head + this.size) % this.capacity;
    this.times[slot] = time;
    this.values[slot] = value;
    if (this.size < this.capacity) this.size += 1;
    else this.head = (this.head + 1) % this.capacity;
  }

  /** Time of the i-th sample, 0 the oldest. */
  timeAt(i: number): number {
    return this.times[(this.head + i) % this.capacity];
  }

  /** Value of the i-th sample, 0 the oldest. */
  valueAt(i: number): number {
    return this.values[(this.head + i) % this.capacity];
  }

  /** Position of the oldest sample not before `time`, or `size` when all are older. */
  firstSince(time: number): number {
    let i = this.size;
    while (i > 0 && this.timeAt(i - 1) >= time) i -= 1;
    return i;
  }
}
