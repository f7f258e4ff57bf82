import type { RateSeries } from '../../domain/rate-series.js';
import { fineBin, sampleRates } from './sample-rates.js';

/** A straight climb or fall from one rate to another; rates per second. */
export interface RampShape {
  readonly from: number;
  readonly to: number;
  readonly startMicros: number;
  readonly overMicros: number;
  /** Length of a bin on the way; flat parts are one bin each. */
  readonly binMicros: number;
}

/** A ramp: `from` before it starts, a straight line while it lasts, `to` after it. */
export function rampRates(shape: RampShape, durationMicros: number): RateSeries {
  const { from, to, startMicros, overMicros } = shape;
  const end = startMicros + overMicros;
  return sampleRates(
    [
      { untilMicros: Math.min(startMicros, durationMicros), binMicros: Infinity },
      { untilMicros: Math.min(end, durationMicros), binMicros: fineBin(overMicros, shape.binMicros) },
      { untilMicros: durationMicros, binMicros: Infinity },
    ],
    (at) => from + (to - from) * Math.min(1, Math.max(0, at - startMicros) / Math.max(1, overMicros)),
  );
}
