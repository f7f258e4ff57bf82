import { desiredHealthy } from '../../domain/desired-healthy.js';
import type { DisruptionBudget } from '../../domain/rollout-spec.js';
import type { Pod } from './pod.js';

/**
 * Why the Eviction API refuses to evict a pod now; null where it does not. Healthy are pods that are ready and were not asked to stop.
 *
 * A pod that has not started, or was asked to stop already, is no loss. One that runs without being ready may go while the budget is met by
 * others, or at any time where the budget says so.
 * Source: Kubernetes, pkg/registry/core/pod/storage/eviction.go.
 */
export function evictionRefusal(
  budget: DisruptionBudget | undefined,
  pod: Pod,
  pods: Iterable<Pod>,
  replicas: number,
): string | null {
  if (budget === undefined || pod.startedAt === null || !pod.active) return null;
  let healthy = 0;
  for (const one of pods) if (one.active && one.ready) healthy += 1;
  const desired = desiredHealthy(budget, replicas);
  const granted = pod.ready ? replicas > 0 && healthy > desired : unreadyMayGo(budget, healthy, desired);
  return granted ? null : `it would violate the disruption budget: ${healthy} pods are healthy, ${desired} have to be`;
}

/** Source: Kubernetes, UnhealthyPodEvictionPolicy, IfHealthyBudget where nothing is said. */
function unreadyMayGo({ alwaysAllowUnready }: DisruptionBudget, healthy: number, desired: number): boolean {
  return alwaysAllowUnready === true || healthy > desired || (healthy >= desired && desired > 0);
}
