import { RingWindow } from '../../kernel/ring-window.js';

/**
 * The last residuals (what came minus what was forecast) of one quantity at one lag, kept sorted.
 *
 * Quantiles are the finite-sample ones of split conformal prediction: the ceil((n + 1) q)-th smallest, so that a new value stays below
 * with probability of at least q where residuals are exchangeable (Vovk, Gammerman, Shafer, "Algorithmic Learning in a Random World").
 */
export class ResidualSet {
  private readonly arrivals: RingWindow;
  private readonly sorted: Float64Array;
  private readonly memory: number;
  private error = 0;
  private level = 0;

  constructor(capacity: number) {
    this.arrivals = new RingWindow(capacity);
    this.sorted = new Float64Array(capacity);
    this.memory = 1 - 1 / capacity;
  }

  /** How many residuals there are. */
  get size(): number {
    return this.arrivals.size;
  }

  /** Adds what came at `at` and what had been forecast; the oldest residual goes when there are too many. */
  add(at: number, actual: number, forecast: number): void {
    const residual = actual - forecast;
    let count = this.arrivals.size;
    if (count === this.arrivals.capacity) {
      const gone = this.positionOf(this.arrivals.valueAt(0), count);
      this.sorted.copyWithin(gone, gone + 1, count);
      count -= 1;
    }
    const place = this.positionOf(residual, count);
    this.sorted.copyWithin(place + 1, place, count);
    this.sorted[place] = residual;
    this.arrivals.push(at, residual);
    this.error = this.error * this.memory + Math.abs(residual);
    this.level = this.level * this.memory + Math.abs(actual);
  }

  /** The residual that the next one stays below with probability `q`; needs at least one. */
  quantile(q: number): number {
    const rank = Math.ceil((this.size + 1) * q);
    return this.sorted[Math.min(this.size, Math.max(1, rank)) - 1];
  }

  /** One minus the weighted absolute percentage error, between 0 and 1; older residuals weigh less. */
  accuracy(): number {
    if (this.error === 0) return 1;
    return Math.max(0, 1 - this.error / this.level);
  }

  /** First position whose residual is not below `residual`. */
  private positionOf(residual: number, count: number): number {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.sorted[middle] < residual) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
