import type { CanarySplit } from './approximate-weight.js';

/** Traffic that goes to each version at present. */
export interface ActualWeights {
  readonly canary: number;
  readonly stable: number;
}

/** Where a roll-out with a traffic router stands. */
export interface RoutedCanary {
  readonly replicas: number;
  /** What the canary is to get. */
  readonly weight: number;
  readonly maxWeight: number;
  /** Replicas of the canary set by hand, instead of those for its weight. */
  readonly canaryScale?: number;
  /** Fewest pods of a version that has any. */
  readonly minPods?: number;
  /** Whether the stable version gives up pods as its traffic goes; absent means that it keeps all. */
  readonly dynamicStable?: boolean;
  readonly actual?: ActualWeights;
  readonly aborted?: boolean;
}

/** Pods for a share of the traffic, rounded up. */
export function trafficWeightToReplicas(replicas: number, weight: number, maxWeight: number): number {
  return Math.ceil((weight * replicas) / maxWeight);
}

/**
 * The replicas to ask for where a router splits the traffic, as Argo Rollouts' `CalculateReplicaCountsForTrafficRoutedCanary`: each
 * version has pods for the larger of the traffic it gets and the traffic it is to get.
 */
export function routedCanary(rollout: RoutedCanary): CanarySplit {
  const { replicas, weight, maxWeight, actual } = rollout;
  const podsFor = (share: number): number => trafficWeightToReplicas(replicas, share, maxWeight);
  const canary = rollout.canaryScale ?? atLeastMinimum(rollout, podsFor(weight));
  if (rollout.dynamicStable !== true) return { canary, stable: replicas };
  const stable = Math.max(podsFor(maxWeight - weight), actual === undefined ? 0 : podsFor(actual.stable));
  const held = rollout.aborted === true && actual !== undefined ? podsFor(actual.canary) : 0;
  return { canary: atLeastMinimum(rollout, Math.max(canary, held)), stable: atLeastMinimum(rollout, stable) };
}

function atLeastMinimum({ minPods, replicas }: RoutedCanary, pods: number): number {
  return pods === 0 || minPods === undefined ? pods : Math.max(pods, Math.min(minPods, replicas));
}
