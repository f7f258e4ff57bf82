import type { KeyedRandom } from '../../kernel/random.js';
import type { RateSeries } from '../rate-series.js';
import type { ArrivalProcess } from './arrival-process.js';

/** A Poisson process of piecewise constant rate: unit-rate exponential gaps spent against the integrated rate. The n-th gap is keyed by n. */
export class PoissonArrivals implements ArrivalProcess {
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
