import { podsUp } from './pod-count.js';
import type { DisruptionBudget } from './rollout-spec.js';

/** How many healthy pods a budget wants to stay. Source: Kubernetes, pkg/controller/disruption/disruption.go, getExpectedPodCount. */
export function desiredHealthy({ bound }: DisruptionBudget, replicas: number): number {
  if ('maxUnavailable' in bound) return Math.max(0, replicas - podsUp(bound.maxUnavailable, replicas));
  return podsUp(bound.minAvailable, replicas);
}
