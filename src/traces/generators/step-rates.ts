import type { RateSeries } from '../../domain/rate-series.js';
import { sampleRates } from './sample-rates.js';

/** A jump to another rate, and back if `untilMicros` says when; rates per second. */
export interface StepShape {
  readonly from: number;
  readonly to: number;
  readonly atMicros: number;
  /** Null stays at `to`. */
  readonly untilMicros: number | null;
}

/** A step or a rectangular pulse: `from` before `atMicros`, then `to`, and `from` again after `untilMicros`. Edges are exact. */
export function stepRates(shape: StepShape, durationMicros: number): RateSeries {
  const until = shape.untilMicros ?? durationMicros;
  const ends = [Math.min(shape.atMicros, durationMicros), Math.min(until, durationMicros), durationMicros];
  return sampleRates(
    ends.map((untilMicros) => ({ untilMicros, binMicros: Infinity })),
    (at) => (at > shape.atMicros && at < until ? shape.to : shape.from),
  );
}
