/** What KEDA does about triggers that fail. */
export interface Fallback {
  /** Failures in a row that are borne. */
  readonly failureThreshold: number;
  readonly replicas: number;
  readonly behavior: FallbackBehavior;
}

/** Which replicas it falls back to; `scalingModifiers` leaves that to the formula, which sees a trigger that fails as nil. */
export type FallbackBehavior =
  'static' | 'currentReplicas' | 'currentReplicasIfHigher' | 'currentReplicasIfLower' | 'scalingModifiers';

/** Replicas to fall back to. Source: kedacore/keda pkg/fallback, doFallback. */
export function fallbackReplicas({ behavior, replicas }: Fallback, currentReplicas: number): number {
  switch (behavior) {
    case 'currentReplicas':
      return currentReplicas;
    case 'currentReplicasIfHigher':
      return Math.max(currentReplicas, replicas);
    case 'currentReplicasIfLower':
      return Math.min(currentReplicas, replicas);
    default:
      return replicas;
  }
}
