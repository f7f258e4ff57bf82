import type { KeyedRandom } from '../kernel/random.js';
import type { RateSeries } from './rate-series.js';
import type { ArrivalModel } from './traffic-spec.js';

/** The instants at which requests of one traffic source arrive, one after the other. */
export interface ArrivalProcess {
  /**
   * Writes the next instants, in whole microseconds and never decreasing, and returns how many: fewer than there is room for only
   * at the end of the series.
   */
  fill(out: Float64Array): number;
}

/**
 * Lays arrivals inside the bins of a rate series. The n-th gap is drawn by the ordinal n, so arrivals depend on nothing but the series and the stream.
 *
 * `poisson`: a Poisson process of piecewise constant rate. `exact-count`: each bin holds its expected count, the fraction carried to the next
 * bin, at instants drawn uniformly. `uniform`: the same count, evenly spaced.
 */
export function arrivalProcess(model: ArrivalModel, series: RateSeries, random: KeyedRandom): ArrivalProcess {
  if (model === 'poisson') return new PoissonArrivals(series, random);
  return new CountedArrivals(series, model === 'uniform' ? null : random);
}

/** Unit-rate exponential gaps spent against the integrated rate. */
class PoissonArrivals implements ArrivalProcess {
  private bin = 0;
  private position: number;
  private end = 0;
  private microsPerRequest = 0;
  private ordinal = 0;

  constructor(
    private readonly series: RateSeries,
    private readonly random: KeyedRandom,
  ) {
    this.position = series.edgesMicros[0];
    this.openBin(0);
  }

  fill(out: Float64Array): number {
    const { random } = this;
    const bins = this.series.ratePerSecond.length;
    let { ordinal, position, end, microsPerRequest } = this;
    let filled = 0;
    while (filled < out.length && this.bin < bins) {
      let gap = random.exponential(ordinal);
      ordinal += 1;
      let next = position + gap * microsPerRequest;
      while (next >= end && this.bin < bins) {
        gap = Math.max(gap - (end - position) / microsPerRequest, Number.MIN_VALUE);
        position = end;
        this.openBin(this.bin + 1);
        ({ end, microsPerRequest } = this);
        next = position + gap * microsPerRequest;
      }
      position = next;
      out[filled] = Math.floor(position + 0.5);
      if (position < Infinity) filled += 1;
    }
    this.ordinal = ordinal;
    this.position = position;
    return filled;
  }

  /** Past the last bin comes one without an end in which nothing arrives. */
  private openBin(bin: number): void {
    const { edgesMicros, ratePerSecond } = this.series;
    this.bin = bin;
    this.end = bin < ratePerSecond.length ? edgesMicros[bin + 1] : Infinity;
    this.microsPerRequest = bin < ratePerSecond.length ? 1e6 / ratePerSecond[bin] : Infinity;
  }
}

/** Order statistics of uniform instants, drawn in increasing order; without a random stream, the middles of equal parts. */
class CountedArrivals implements ArrivalProcess {
  private bin = -1;
  private left = 0;
  private carried = 0;
  private position = 0;
  private end = 0;
  private ordinal = 0;

  constructor(
    private readonly series: RateSeries,
    private readonly random: KeyedRandom | null,
  ) {}

  fill(out: Float64Array): number {
    let filled = 0;
    while (filled < out.length) {
      const at = this.next();
      if (at === Infinity) break;
      out[filled] = at;
      filled += 1;
    }
    return filled;
  }

  private next(): number {
    while (this.left === 0) if (!this.openBin()) return Infinity;
    const span = this.end - this.position;
    const at = this.position + span * this.fraction();
    this.left -= 1;
    this.ordinal += 1;
    this.position = this.random === null ? this.position + span / (this.left + 1) : at;
    return Math.round(at);
  }

  /** Where in the rest of the bin the first of the `left` remaining instants lies. */
  private fraction(): number {
    if (this.random === null) return 0.5 / this.left;
    return 1 - this.random.uniform(this.ordinal) ** (1 / this.left);
  }

  private openBin(): boolean {
    const { edgesMicros, ratePerSecond } = this.series;
    this.bin += 1;
    if (this.bin >= ratePerSecond.length) return false;
    this.position = edgesMicros[this.bin];
    this.end = edgesMicros[this.bin + 1];
    const expected = (ratePerSecond[this.bin] * (this.end - this.position)) / 1e6 + this.carried;
    this.left = Math.floor(expected + 1e-9);
    this.carried = expected - this.left;
    return true;
  }
}
