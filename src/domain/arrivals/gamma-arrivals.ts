import type { Sampler } from '../../kernel/distributions.js';
import { gammaSampler } from '../../kernel/gamma-sampler.js';
import type { KeyedRandom } from '../../kernel/random.js';
import type { RateSeries } from '../rate-series.js';
import type { GammaArrivalModel } from '../traffic-spec.js';
import type { ArrivalProcess } from './arrival-process.js';
import { fillInstants } from './fill-instants.js';
import { OperationalClock } from './operational-clock.js';
import { steadyStretches } from './steady-stretches.js';

/**
 * A renewal process with gamma gaps, its time changed by the rate: above a CV of 1 requests come in clumps, below it they keep their distance.
 *
 * The first gap is the rest of one that began before the series (the equilibrium law: a uniform part of a gap drawn in proportion to its
 * length), so that every bin has its count in expectation, the first included. Over many gaps, variance over mean of a count tends to CV^2.
 */
export class GammaArrivals implements ArrivalProcess {
  private readonly clock: OperationalClock;
  private readonly gap: Sampler;
  private ordinal = 0;

  constructor(
    private readonly model: GammaArrivalModel,
    series: RateSeries,
    private readonly random: KeyedRandom,
  ) {
    this.gap = gammaSampler(1 / model.cv ** 2);
    this.clock = new OperationalClock(series.edgesMicros[0], steadyStretches(series));
  }

  fill(out: Float64Array): number {
    return fillInstants(out, () => {
      const { ordinal, random } = this;
      this.ordinal += 1;
      return this.clock.advance(ordinal === 0 ? this.firstGap() : this.gap(random, ordinal, 0));
    });
  }

  private firstGap(): number {
    const scv = this.model.cv ** 2;
    const inProportion = (1 + scv) * gammaSampler(1 + 1 / scv)(this.random, 0, 0);
    return this.random.uniform(0, PART) * inProportion;
  }
}

/** Salt of where in its first gap the series begins. */
const PART = 0x02000000;
