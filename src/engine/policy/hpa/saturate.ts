/** Largest number of replicas that Kubernetes can ask for. */
export const MAX_REPLICAS = 2 ** 31 - 1;

/** Largest sum of an external metric in Kubernetes, MaxInt64, as the nearest double. */
export const MAX_SUM = 2 ** 63;

/** Rounds up to whole replicas, between -MAX_REPLICAS and MAX_REPLICAS; NaN stays NaN. */
export function saturateReplicas(replicas: number): number {
  // Adding 0 turns -0 into 0.
  return Math.max(-MAX_REPLICAS, Math.min(MAX_REPLICAS, Math.ceil(replicas))) + 0;
}

/** Adds up; a sum that reaches MAX_SUM stays there, whatever follows. */
export function saturatedSum(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) {
    sum += value;
    if (sum >= MAX_SUM) return MAX_SUM;
  }
  return sum;
}

/**
 * Adds up as the controller does for a target per pod: a sum that falls below zero on the way is taken for an overflow, and
 * is MAX_SUM, so that a negative external metric asks for all the replicas there may be.
 *
 * Source: kubernetes pkg/controller/podautoscaler, GetExternalPerPodMetricReplicas.
 */
export function overflowingSum(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) {
    sum += value;
    if (sum >= MAX_SUM || sum < 0) return MAX_SUM;
  }
  return sum;
}
