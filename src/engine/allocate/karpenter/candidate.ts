import { RemainingBudgets } from '../../../domain/scheduling/disruption-budget.js';
import type { PlanPod } from '../../../domain/scheduling/plan-pod.js';
import type { ScalableNode, ScalablePool, ScalingInput } from '../../ports/scaling-input.js';
import { type PoolTotals, poolTotals, savingsRatio } from './balanced-score.js';
import { disruptionCost, NODE_DISRUPTION_COST } from './disruption-cost.js';

/** A node that could be disrupted. */
export interface Candidate {
  readonly name: string;
  readonly offer: ScalablePool;
  /** Pods that have to move. */
  readonly pods: readonly PlanPod[];
  readonly pricePerHour: number;
  readonly disruption: number;
}

/** Whether no pod of a node makes it dearer to disrupt than an empty one. */
export function isEmpty({ disruption }: Candidate): boolean {
  return disruption <= NODE_DISRUPTION_COST;
}

/** Nodes that could be disrupted, those first that save most for their disruption: up and well, not going, without pods that must stay. */
export function candidatesOf(input: ScalingInput, settled: (node: ScalableNode) => boolean): readonly Candidate[] {
  const offers = new Map(input.pools.map((pool) => [pool.name, pool]));
  const budgets = new RemainingBudgets(input.budgets);
  const found = input.nodes.flatMap((node): readonly Candidate[] => {
    const offer = offers.get(node.pool);
    if (offer === undefined || !isUp(node) || !settled(node)) return [];
    const pods = node.pods.filter(({ daemon }) => !daemon);
    if (pods.some(({ movable }) => !movable) || budgets.judge(pods).blockedBy !== null) return [];
    return [{ name: node.name, offer, pods, pricePerHour: offer.pricePerHour, disruption: disruptionCost(pods) }];
  });
  return found.sort((a, b) => savingsRatio(b) - savingsRatio(a));
}

/** Cost and disruption of all nodes that are not going, by NodePool. */
export function totalsByNodePool({ pools, nodes }: ScalingInput): ReadonlyMap<string, PoolTotals> {
  const offers = new Map(pools.map((pool) => [pool.name, pool]));
  const byNodePool = new Map<string, { pricePerHour: number; disruption: number }[]>();
  for (const { pool, leaving, pods } of nodes) {
    const offer = offers.get(pool);
    if (offer === undefined || leaving) continue;
    const scored = byNodePool.get(offer.nodePool) ?? [];
    scored.push({ pricePerHour: offer.pricePerHour, disruption: disruptionCost(pods) });
    byNodePool.set(offer.nodePool, scored);
  }
  return new Map([...byNodePool].map(([nodePool, scored]) => [nodePool, poolTotals(scored)]));
}

function isUp({ readyAt, leaving, unhealthySince }: ScalableNode): boolean {
  return readyAt !== null && !leaving && unhealthySince === null;
}
