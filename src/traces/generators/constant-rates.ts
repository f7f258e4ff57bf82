import type { RateSeries } from '../../domain/rate-series.js';

/** The same rate all the time, in one bin. */
export function constantRates(ratePerSecond: number, durationMicros: number): RateSeries {
  return { edgesMicros: Float64Array.of(0, durationMicros), ratePerSecond: Float64Array.of(ratePerSecond) };
}
