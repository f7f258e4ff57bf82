import type { Estimator } from './estimator.js';
import { percentileEstimator } from './percentile-estimator.js';
import type { VpaResource } from './resource-amounts.js';
import { withConfidence } from './with-confidence.js';
import { withMargin } from './with-margin.js';

/** Shares of usage for one resource, and how long a history counts as one of full length. */
export interface EstimateSettings {
  readonly targetPercentile: number;
  readonly lowerPercentile: number;
  readonly upperPercentile: number;
  readonly confidenceMicros: number;
}

/** The three amounts that are recommended of one resource. */
export interface ResourceEstimators {
  readonly target: Estimator;
  readonly lower: Estimator;
  readonly upper: Estimator;
}

/** The estimators of every resource. */
export type VpaEstimators = Readonly<Record<VpaResource, ResourceEstimators>>;

/**
 * Percentile and margin for the target; the bounds are moved away from it while history is short: the upper one by 1 + 1/confidence,
 * so that nothing is evicted to save resources too early, the lower one by (1 + 0.001/confidence)^-2.
 */
export function resourceEstimators(
  resource: VpaResource,
  settings: EstimateSettings,
  marginFraction: number,
): ResourceEstimators {
  const of = (share: number): Estimator => withMargin(marginFraction, percentileEstimator(resource, share));
  const { confidenceMicros: intervalMicros } = settings;
  return {
    target: of(settings.targetPercentile),
    lower: withConfidence({ multiplier: 0.001, exponent: -2, intervalMicros }, of(settings.lowerPercentile)),
    upper: withConfidence({ multiplier: 1, exponent: 1, intervalMicros }, of(settings.upperPercentile)),
  };
}
