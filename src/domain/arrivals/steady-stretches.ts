import type { RateSeries } from '../rate-series.js';
import type { RateStretch } from './operational-clock.js';

/** The bins of a series, one after the other, as stretches of constant rate; null after the last. */
export function steadyStretches({ edgesMicros, ratePerSecond }: RateSeries): () => RateStretch | null {
  let bin = -1;
  return () => {
    bin += 1;
    if (bin >= ratePerSecond.length) return null;
    const rate = ratePerSecond[bin] / 1e6;
    return { endMicros: edgesMicros[bin + 1], startRate: rate, endRate: rate };
  };
}
