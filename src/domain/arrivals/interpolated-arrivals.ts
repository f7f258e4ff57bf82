import type { KeyedRandom } from '../../kernel/random.js';
import type { RateSeries } from '../rate-series.js';
import type { ArrivalProcess } from './arrival-process.js';
import { fillInstants } from './fill-instants.js';
import { OperationalClock, type RateStretch } from './operational-clock.js';

/**
 * A Poisson process whose rate is continuous: straight from the edge of each bin to its middle and on to the other edge.
 *
 * At an edge the rate is what the straight line between the middles of the two bins has there, but at most twice the lower of the two;
 * the middle is then set so that the bin keeps its expected count exactly, which that bound makes possible without a negative rate.
 * At both ends of the series the rate is that of the outermost bin.
 */
export class InterpolatedArrivals implements ArrivalProcess {
  private readonly clock: OperationalClock;
  private ordinal = 0;
  /** Half bins opened so far. */
  private halves = 0;

  constructor(
    private readonly series: RateSeries,
    private readonly random: KeyedRandom,
  ) {
    this.clock = new OperationalClock(series.edgesMicros[0], () => this.half());
  }

  fill(out: Float64Array): number {
    return fillInstants(out, () => {
      this.ordinal += 1;
      return this.clock.advance(this.random.exponential(this.ordinal - 1));
    });
  }

  private half(): RateStretch | null {
    const { edgesMicros, ratePerSecond } = this.series;
    const bin = this.halves >> 1;
    if (bin >= ratePerSecond.length) return null;
    const first = (this.halves & 1) === 0;
    this.halves += 1;
    const left = this.atEdge(bin);
    const right = this.atEdge(bin + 1);
    const middle = Math.max(0, 2 * ratePerSecond[bin] - (left + right) / 2) / 1e6;
    const centre = (edgesMicros[bin] + edgesMicros[bin + 1]) / 2;
    return first
      ? { endMicros: centre, startRate: left / 1e6, endRate: middle }
      : { endMicros: edgesMicros[bin + 1], startRate: middle, endRate: right / 1e6 };
  }

  /** Rate per second at the i-th edge. */
  private atEdge(i: number): number {
    const { edgesMicros, ratePerSecond } = this.series;
    if (i === 0) return ratePerSecond[0];
    if (i === ratePerSecond.length) return ratePerSecond[i - 1];
    const before = edgesMicros[i] - edgesMicros[i - 1];
    const after = edgesMicros[i + 1] - edgesMicros[i];
    const line = (ratePerSecond[i - 1] * after + ratePerSecond[i] * before) / (before + after);
    return Math.min(line, 2 * Math.min(ratePerSecond[i - 1], ratePerSecond[i]));
  }
}
