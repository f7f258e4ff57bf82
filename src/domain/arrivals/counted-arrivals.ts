import type { KeyedRandom } from '../../kernel/random.js';
import type { RateSeries } from '../rate-series.js';
import type { ArrivalProcess } from './arrival-process.js';
import { fillInstants } from './fill-instants.js';

/** Order statistics of uniform instants, drawn in increasing order; without a random stream, the middles of equal parts. */
export class CountedArrivals implements ArrivalProcess {
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
    return fillInstants(out, () => this.next());
  }

  private next(): number {
    while (this.left === 0) if (!this.openBin()) return Infinity;
    const span = this.end - this.position;
    const at = this.position + span * this.fraction();
    this.left -= 1;
    this.ordinal += 1;
    this.position = this.random === null ? this.position + span / (this.left + 1) : at;
    return at;
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
