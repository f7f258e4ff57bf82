import type { KeyedRandom } from '../kernel/random.js';
import type { ArrivalProcess } from './arrivals/arrival-process.js';
import { CountedArrivals } from './arrivals/counted-arrivals.js';
import { GammaArrivals } from './arrivals/gamma-arrivals.js';
import { InterpolatedArrivals } from './arrivals/interpolated-arrivals.js';
import { ModulatedArrivals } from './arrivals/modulated-arrivals.js';
import { PoissonArrivals } from './arrivals/poisson-arrivals.js';
import type { RateSeries } from './rate-series.js';
import type { ArrivalModel } from './traffic-spec.js';

export type { ArrivalProcess } from './arrivals/arrival-process.js';

/**
 * Lays arrivals inside the bins of a rate series. The n-th gap is drawn by the ordinal n, so arrivals depend on nothing but the series and the stream.
 *
 * `poisson`: a Poisson process of piecewise constant rate. `exact-count`: each bin holds its expected count, the fraction carried to the next
 * bin, at instants drawn uniformly. `uniform`: the same count, evenly spaced. `interpolated`: a Poisson process whose rate runs straight
 * from bin to bin. `gamma`: gaps with a coefficient of variation of their own. `mmpp`: a Poisson process with bursts.
 * All but the counted ones keep the count of every bin in expectation.
 */
export function arrivalProcess(model: ArrivalModel, series: RateSeries, random: KeyedRandom): ArrivalProcess {
  if (typeof model === 'object') {
    return model.kind === 'gamma'
      ? new GammaArrivals(model, series, random)
      : new ModulatedArrivals(model, series, random);
  }
  switch (model) {
    case 'poisson':
      return new PoissonArrivals(series, random);
    case 'interpolated':
      return new InterpolatedArrivals(series, random);
    case 'exact-count':
      return new CountedArrivals(series, random);
    case 'uniform':
      return new CountedArrivals(series, null);
  }
}
