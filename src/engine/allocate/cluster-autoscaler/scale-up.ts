import type { PlanPod } from '../../../domain/scheduling/plan-pod.js';
import type { ClusterPlan } from '../../../domain/scheduling/cluster-plan.js';
import type { PoolDrafts } from '../node-scaling/pool-drafts.js';
import type { ScalablePool } from '../../ports/scaling-input.js';
import { chooseOption } from './choose-option.js';
import { estimateNodes } from './estimate-nodes.js';
import type { Expander, ExpansionOption } from './expansion-option.js';
import { leastLimit } from './node-limiter.js';
import { groupPods, type PodGroup } from './pod-groups.js';

/** What a scale-up may do. */
export interface ScaleUpRules {
  readonly expanders: readonly Expander[];
  /** A whole number below its argument. */
  readonly draw: (below: number) => number;
  /** Nodes at one time. */
  readonly maxNodes: number;
  /** Nodes of all pools that there may be besides; 0 is no limit, a negative number allows none. */
  readonly maxNodesLeft: number;
}

/** What a scale-up came to. */
export interface ScaleUp {
  /** Null where no pool would help. */
  readonly chosen: ExpansionOption | null;
  /** Pods that it leaves without a place. */
  readonly unplaced: readonly PlanPod[];
}

/**
 * Chooses one pool and so many nodes of it for pods that fit nowhere; what that leaves waits for the next tick, as with the cluster
 * autoscaler. `pools` are those that may grow.
 */
export function scaleUp(
  plan: ClusterPlan,
  pods: readonly PlanPod[],
  pools: readonly ScalablePool[],
  rules: ScaleUpRules,
  drafts: PoolDrafts,
): ScaleUp {
  const groups = groupPods(pods);
  const options = pools.flatMap((pool) => optionOf(plan, groups, pool, rules, drafts.room(pool.name)) ?? []);
  const chosen = chooseOption(options, rules.expanders, rules.draw);
  if (chosen === null) {
    for (const { name } of pods.length === 0 ? [] : pools) drafts.note(name, 'pods-too-large', { pods: pods.length });
    return { chosen, unplaced: pods };
  }
  const numbers = { pods: chosen.pods.length, nodes: chosen.nodeCount, options: options.length };
  drafts.add(chosen.pool, chosen.nodeCount, 'pending-pods', numbers);
  const placed = new Set(chosen.pods);
  return { chosen, unplaced: pods.filter((pod) => !placed.has(pod)) };
}

/** Null where a pool has no room or would help no pod. */
function optionOf(
  plan: ClusterPlan,
  groups: readonly PodGroup[],
  pool: ScalablePool,
  { maxNodes, maxNodesLeft }: ScaleUpRules,
  room: number,
): ExpansionOption | null {
  if (room <= 0) return null;
  const template = { pool: pool.name, shape: pool.shape };
  const fitting = fittingGroups(plan, groups, pool);
  if (fitting.length === 0) return null;
  const estimate = estimateNodes(plan, fitting, template, leastLimit([maxNodes, maxNodesLeft, room]));
  if (estimate.newNodes === 0) return null;
  return {
    pool: pool.name,
    nodeCount: estimate.newNodes,
    pods: estimate.pods,
    node: pool.shape,
    pricePerHour: pool.pricePerHour,
  };
}

/** Groups of which a pod would fit on a new node of a pool. */
function fittingGroups(plan: ClusterPlan, groups: readonly PodGroup[], pool: ScalablePool): readonly PodGroup[] {
  plan.fork();
  const node = plan.addNode({ name: `${pool.name}/template`, pool: pool.name, shape: pool.shape });
  const fitting = groups.filter(([pod]) => plan.refusal(pod, node) === null);
  plan.revert();
  return fitting;
}
