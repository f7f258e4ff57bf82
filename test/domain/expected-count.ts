import type { RateSeries } from '../../src/domain/rate-series.js';

/** Expected number of requests in bin `i`: rate times length. */
export function expectedCount(series: RateSeries, i: number): number {
  return (series.ratePerSecond[i] * (series.edgesMicros[i + 1] - series.edgesMicros[i])) / 1e6;
}
