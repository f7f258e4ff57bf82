import type { ClusterPlan } from '../../../domain/scheduling/cluster-plan.js';
import type { RemainingBudgets } from '../../../domain/scheduling/disruption-budget.js';
import type { PlanPod } from '../../../domain/scheduling/plan-pod.js';
import { placeElsewhere } from '../node-scaling/cluster-in-thought.js';

/** Why a node cannot go. */
export type Unremovable = 'pod-not-movable' | 'disruption-budget' | 'no-place-for-pods';

/** A node that can go, and who has to move for it. */
export interface RemovableNode {
  readonly name: string;
  readonly pods: readonly PlanPod[];
  /** Whether all its pods may be evicted at once; otherwise its drain takes turns. */
  readonly atOnce: boolean;
}

/** The verdict on each node that was looked at, in order. */
export interface RemovalVerdicts {
  readonly removable: readonly RemovableNode[];
  readonly unremovable: ReadonlyMap<string, Unremovable>;
}

/**
 * Which nodes could go one after the other, each with those before it gone already, as the cluster autoscaler's `categorizeNodes`:
 * their pods must all be movable, allowed to move, and fit on one of the `destinations` that stays. A node that goes stands there
 * closed, since it is a domain until it has gone. The plan and the budgets are left as they would be then.
 */
export function removableNodes(
  plan: ClusterPlan,
  budgets: RemainingBudgets,
  names: readonly string[],
  destinations: ReadonlySet<string>,
): RemovalVerdicts {
  const removable: RemovableNode[] = [];
  const unremovable = new Map<string, Unremovable>();
  for (const name of names) {
    const verdict = tryRemoval(plan, budgets, name, destinations);
    if (typeof verdict === 'string') unremovable.set(name, verdict);
    else removable.push(verdict);
  }
  return { removable, unremovable };
}

function tryRemoval(
  plan: ClusterPlan,
  budgets: RemainingBudgets,
  name: string,
  destinations: ReadonlySet<string>,
): RemovableNode | Unremovable {
  const node = plan.node(name);
  if (node === null) return 'no-place-for-pods';
  const pods = node.pods.filter(({ daemon }) => !daemon);
  if (pods.some(({ movable }) => !movable)) return 'pod-not-movable';
  const { blockedBy, atOnce } = budgets.judge(pods);
  if (blockedBy !== null) return 'disruption-budget';
  const others = [...plan.nodes()].filter((other) => other !== node && destinations.has(other.name));
  plan.fork();
  for (const pod of pods) plan.take(pod, node);
  plan.close(node);
  if (!placeElsewhere(plan, pods, others)) {
    plan.revert();
    return 'no-place-for-pods';
  }
  plan.keep();
  budgets.evict(pods);
  return { name, pods, atOnce };
}
