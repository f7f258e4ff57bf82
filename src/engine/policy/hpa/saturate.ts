/** Largest number of replicas that Kubernetes can ask for. */
export const MAX_REPLICAS = 2 ** 31 - 1;

/** Largest sum of an external metric in Kubernetes, MaxInt64, as the nearest double. */
export const MAX_SUM = 2 ** 63;

/** Rounds up to whole replicas, between -MAX_REPLICAS and MAX_REPLICAS; NaN stays NaN. */
export function saturateReplicas(replicas: number): number {
  // Adding 0 turns -0 into 0.
  return Math.max(-MAX_REPLICAS, Math.min(MAX_REPLICAS, Math.ceil(replicas))) + 0;
}

/** Adds up; a sum beyond MAX_SUM stays there. */
export function saturatedSum(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum = Math.min(MAX_SUM, sum + value);
  return sum;
}
