import type { PlanPod } from '../../../domain/scheduling/plan-pod.js';

/** What draining a node costs even where nothing runs on it, in the cost of one ordinary pod. */
export const NODE_DISRUPTION_COST = 1;

/** What evicting a pod costs, in the cost of an ordinary one, as Karpenter's `EvictionCost`: -10 to 10, higher by deletion cost and priority. */
export function evictionCost({ deletionCost, priority }: { deletionCost: number; priority: number }): number {
  return Math.min(10, Math.max(-10, 1 + deletionCost / 2 ** 27 + priority / 2 ** 25));
}

/** What disrupting a node costs: its own part and that of its pods, of which none makes it cheaper. Pods that go with the node do not count. */
export function disruptionCost(pods: readonly PlanPod[]): number {
  return pods.reduce(
    (sum, { daemon, deletionCost, requirements: { priority } }) =>
      daemon ? sum : sum + Math.max(0, evictionCost({ deletionCost, priority })),
    NODE_DISRUPTION_COST,
  );
}
