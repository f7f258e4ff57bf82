/** Datapoints that the longest alarm may look at. */
const MOST = 1440;

/**
 * A metric as CloudWatch has it: the mean of every whole period, null for one without a value. Periods are aligned to instant zero; the one
 * that runs is not looked at.
 */
export class Datapoints {
  /** Newest last; entry i belongs to period `first + i`. */
  private means: (number | null)[] = [];
  private first = 0;
  private period = -Infinity;
  private sum = 0;
  private count = 0;
  private seen = -Infinity;

  constructor(private readonly periodMicros: number) {}

  /** Takes the value at a tick; null where there is none. */
  push(now: number, value: number | null): void {
    // A tick at the end of a period shows what was in it.
    const period = Math.ceil(now / this.periodMicros) - 1;
    if (period > this.period) this.close(period, value);
    if (value === null) return;
    this.sum += value;
    this.count += 1;
  }

  /** Whether a period has ended that nobody has asked about yet: an alarm is evaluated once a period. */
  due(now: number): boolean {
    const last = Math.floor(now / this.periodMicros) - 1;
    const due = last > this.seen;
    this.seen = last;
    return due;
  }

  /** The newest whole periods at `now`, oldest first; those before the first tick are null. */
  newest(now: number, count: number): readonly (number | null)[] {
    const last = Math.floor(now / this.periodMicros) - 1;
    return Array.from({ length: count }, (_, i) => this.at(last - count + 1 + i));
  }

  private at(period: number): number | null {
    if (period === this.period) return this.count === 0 ? null : this.sum / this.count;
    return this.means[period - this.first] ?? null;
  }

  /** Where ticks are farther apart than periods, a value stands for the time since the tick before. */
  private close(next: number, value: number | null): void {
    if (this.period === -Infinity) {
      this.first = next;
    } else {
      this.means.push(this.count === 0 ? null : this.sum / this.count);
      const gap = Math.min(next - this.period - 1, MOST);
      for (let i = 0; i < gap; i += 1) this.means.push(value);
      this.first = next - this.means.length;
      if (this.means.length > MOST) {
        this.first += this.means.length - MOST;
        this.means = this.means.slice(-MOST);
      }
    }
    this.period = next;
    this.sum = 0;
    this.count = 0;
  }
}
