import type { PlanPod } from '../../../domain/scheduling/plan-pod.js';
import type { ClusterPlan } from '../../../domain/scheduling/cluster-plan.js';
import type { PoolDrafts } from '../node-scaling/pool-drafts.js';
import type { ScalablePool } from '../../ports/scaling-input.js';
import { OpenNodes } from './open-nodes.js';

/**
 * Asks for nodes for pods that fit nowhere: the largest first, each on a node that is about to be asked for or else on one more, of
 * the cheapest offer that holds it. Pods that only others make possible get further rounds, as long as one helps. Gives back those left over.
 */
export function provision(
  plan: ClusterPlan,
  pods: readonly PlanPod[],
  offers: readonly ScalablePool[],
  drafts: PoolDrafts,
): readonly PlanPod[] {
  const open = new OpenNodes(plan, offers, (pool) => drafts.room(pool));
  let left = [...pods].sort(bySize);
  for (;;) {
    const rest = left.filter((pod) => !open.add(pod));
    if (rest.length === left.length || rest.length === 0) {
      left = rest;
      break;
    }
    left = rest;
  }
  for (const { pool, pods: placed } of open.nodes()) {
    if (pool !== null) drafts.add(pool, 1, 'pending-pods', { pods: placed.length, nodes: 1 });
  }
  for (const { name } of left.length > 0 ? offers : []) {
    drafts.noteUnpaid(name);
    drafts.note(name, 'pods-left', { pods: left.length });
  }
  return left;
}

/** The most CPU first, then the most memory, as Karpenter's queue; equal ones keep their order. */
export function bySize({ requirements: a }: PlanPod, { requirements: b }: PlanPod): number {
  return b.cpuMillis - a.cpuMillis || b.memoryMiB - a.memoryMiB;
}
