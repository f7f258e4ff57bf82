/** Least share of the newest bucket: below it, a long window would come close to the plain average. */
const LEAST_SHARE = 0.2;

/** The weights of all buckets together make at least this much of 1. */
const WEIGHT_COVERED = 0.9999;

/**
 * Share of the newest bucket in an exponentially weighted average over `buckets` buckets, above 0 and below 1.
 *
 * Source: knative/serving pkg/autoscaler/aggregation, computeSmoothingCoeff.
 */
export function smoothingCoefficient(buckets: number): number {
  return Math.max(1 - Math.pow(1 - WEIGHT_COVERED, 1 / buckets), LEAST_SHARE);
}
