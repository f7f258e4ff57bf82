import { type Micros, micros } from '../../../kernel/micros.js';
import { roundToDigits } from './round-to-digits.js';

/** Decimals of an average, so that sums that went back and forth come out as the number that is meant. */
const DIGITS = 6;

/**
 * Sums of what was recorded, by buckets of `granularity`, over a window that ends at the newest one.
 *
 * Several values of one bucket add up, as the reports of several reporters do. A gap shorter than the window counts as zeroes, buckets after
 * the newest one do not count, and after a whole window without any value everything begins anew. Times are not negative.
 * Source: knative/serving pkg/autoscaler/aggregation, TimedFloat64Buckets.
 */
export class TimedBuckets {
  private sums: number[];
  private total = 0;
  /** First bucket with a value since everything last began anew; null where nothing has been recorded since the window changed. */
  private first: number | null = null;
  /** Newest bucket with a value, by its start. */
  protected newest = -Infinity;

  constructor(
    private window: Micros,
    private readonly granularity: Micros,
  ) {
    this.sums = new Array<number>(this.bucketsOf(window)).fill(0);
  }

  /** Adds a value; one that is a whole window older than the newest has no effect. */
  record(at: Micros, value: number): void {
    const start = this.startOf(at);
    if (start !== this.newest) {
      if (start + this.window <= this.newest) return;
      if (this.first === null || this.first > start) this.first = start;
      if (start > this.newest) this.advance(start);
    }
    this.sums[this.slotOf(start)] += value;
    this.total += value;
  }

  /** Whether nothing has been recorded for longer than the window. */
  isEmpty(now: Micros): boolean {
    return this.startOf(now) - this.newest > this.window;
  }

  /** Average of the buckets that are known, 0 where none is. */
  average(now: Micros): number {
    const gone = this.startOf(now) - this.newest;
    if (gone <= 0) return roundToDigits(DIGITS, this.total / Math.min(this.written(), this.sums.length));
    if (gone >= this.window) return 0;
    const stale = this.bucketsBetween(gone);
    let sum = this.total;
    for (let i = 1; i <= stale; i += 1) sum -= this.sums[this.slotOf(this.newest + i * this.granularity)];
    return roundToDigits(DIGITS, sum / Math.min(this.written(), this.sums.length - stale));
  }

  /** Sum of the buckets that are not older than the window. */
  sum(now: Micros): number {
    let sum = 0;
    this.eachFromNewest(now, (value) => (sum += value));
    return sum;
  }

  /** Makes the window longer or shorter at `now` and keeps the newest buckets, unless all are older than the window. */
  resize(window: Micros, now: Micros): void {
    if (window === this.window) return;
    const kept = new Array<number>(this.bucketsOf(window)).fill(0);
    const old = this.sums;
    const valid = this.startOf(now) - this.newest <= this.window;
    let total = 0;
    for (let i = 0; valid && i < Math.min(kept.length, old.length); i += 1) {
      const start = this.newest - i * this.granularity;
      kept[this.slotOf(start, kept.length)] = old[this.slotOf(start)];
      total += old[this.slotOf(start)];
    }
    this.first = valid ? this.newest - (old.length - 1) * this.granularity : null;
    this.window = window;
    this.sums = kept;
    this.total = total;
  }

  /** Shows the buckets that are not older than the window, from the newest back. */
  protected eachFromNewest(now: Micros, show: (value: number) => void): void {
    if (this.newest === -Infinity) return;
    const known = this.sums.length - Math.max(0, this.bucketsBetween(this.startOf(now) - this.newest));
    for (let i = 0; i < known; i += 1) show(this.sums[this.slotOf(this.newest - i * this.granularity)]);
  }

  /** Whole buckets that fit into a length of time. */
  protected bucketsBetween(length: number): number {
    return Math.trunc(length / this.granularity);
  }

  /** Buckets that a window needs. */
  protected bucketsOf(window: Micros): number {
    return Math.ceil(window / this.granularity);
  }

  /** Start of the bucket to which an instant belongs. */
  protected startOf(at: Micros): Micros {
    return micros(Math.floor(at / this.granularity) * this.granularity);
  }

  private advance(start: number): void {
    if (start - this.newest >= this.window) {
      this.first = start;
      this.sums.fill(0);
      this.total = 0;
    } else {
      for (let at = this.newest + this.granularity; at <= start; at += this.granularity) {
        this.total -= this.sums[this.slotOf(at)];
        this.sums[this.slotOf(at)] = 0;
      }
    }
    this.newest = start;
  }

  /** Buckets from the first to the newest value; more than there are where the first is not known. */
  private written(): number {
    return this.first === null ? this.sums.length : this.bucketsBetween(this.newest - this.first) + 1;
  }

  private slotOf(start: number, slots = this.sums.length): number {
    const index = Math.round(start / this.granularity) % slots;
    return index < 0 ? index + slots : index;
  }
}
