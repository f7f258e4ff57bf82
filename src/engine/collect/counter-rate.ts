import { RingWindow } from '../../kernel/ring-window.js';

/** Older samples kept for one counter, so that 10,000 pods stay small whatever the scrape interval is. */
const ANCHORS = 16;

/**
 * Rate of one counter over a window that ends at its newest sample.
 *
 * A counter that falls has been restarted from zero, so that what it shows is its increase (as in Prometheus' `rate`, without
 * extrapolation). The window hangs on the newest sample and not on the clock: while a pipeline is frozen the rate stays what it was,
 * and staleness alone decides when it may no longer be used. Samples closer together than a fifteenth of the window are thinned.
 */
export class CounterRate {
  private readonly anchors = new RingWindow(ANCHORS);
  /** Position of the first anchor inside the window; it only ever moves on, so that a sample costs the same however many are kept. */
  private first = 0;
  private readonly spacing: number;
  private newestValue = 0;
  /** Increase since the first sample. */
  private total = 0;
  /** When the newest sample was read, in microseconds; -Infinity before the first. */
  newestAt = -Infinity;
  /** Increase per second, or null with fewer than two samples in the window, or in twice the window after a gap. */
  perSecond: number | null = null;
  /** Time the rate spans; 0 without a rate. */
  spanMicros = 0;

  constructor(private readonly windowMicros: number) {
    this.spacing = windowMicros / (ANCHORS - 1);
  }

  /** Adds a sample later than the newest; `value` is finite and not negative. */
  push(at: number, value: number): void {
    if (this.newestAt > -Infinity) {
      this.keepNewest();
      this.total += value >= this.newestValue ? value - this.newestValue : value;
    }
    this.newestAt = at;
    this.newestValue = value;
    this.update();
  }

  private keepNewest(): void {
    const { anchors, newestAt } = this;
    const { size } = anchors;
    if (size > 0 && newestAt - anchors.timeAt(size - 1) < this.spacing) return;
    anchors.push(newestAt, this.total);
    if (anchors.size === size && this.first > 0) this.first -= 1;
  }

  private update(): void {
    const { anchors, newestAt } = this;
    const from = this.firstAnchor();
    const known = from < anchors.size;
    this.spanMicros = known ? newestAt - anchors.timeAt(from) : 0;
    this.perSecond = known ? ((this.total - anchors.valueAt(from)) / this.spanMicros) * 1e6 : null;
  }

  /** After a gap that is not much longer than the window, the rate over the gap is better than none. */
  private firstAnchor(): number {
    const { anchors, newestAt, windowMicros } = this;
    const { size } = anchors;
    while (this.first < size && anchors.timeAt(this.first) < newestAt - windowMicros) this.first += 1;
    const bridges = this.first === size && size > 0 && newestAt - anchors.timeAt(size - 1) <= 2 * windowMicros;
    return bridges ? size - 1 : this.first;
  }
}
