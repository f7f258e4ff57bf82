import type { PlanPod } from '../domain/scheduling/plan-pod.js';
import type { NodePools } from './collect/node-pools.js';
import type { ScalableNode, ScalablePool } from './ports/scaling-input.js';
import { fixedPoolOf } from './scaling-pools.js';

/**
 * The nodes that an autoscaler of several pools sees. A lost node is not well as long as its pool counts on it; once another has been
 * launched in its place it is left out.
 */
export function scalingNodes(
  pools: readonly ScalablePool[],
  nodes: NodePools,
  byNode: ReadonlyMap<string, readonly PlanPod[]>,
): readonly ScalableNode[] {
  const podsOf = (node: string): readonly PlanPod[] => byNode.get(node) ?? [];
  const fixed = [...nodes.fixedNodes()].map((fact): ScalableNode => {
    const { node: name, at } = fact;
    const state = { launchedAt: at, readyAt: at, unhealthySince: null, leaving: false };
    return { name, pool: fixedPoolOf(fact), ...state, pods: podsOf(name) };
  });
  const left = new Map(
    pools.map(({ name, owned, specNodes }) => {
      const refused = owned ? nodes.refusedNodes(name) : 0;
      return [name, specNodes - refused - nodes.views(name).length];
    }),
  );
  const changing = nodes.all().flatMap(({ name, pool, launchedAt, readyAt, draining, lostAt }): ScalableNode[] => {
    const missing = left.get(pool);
    if (missing === undefined) return [];
    if (lostAt !== null && !draining) {
      if (missing <= 0) return [];
      left.set(pool, missing - 1);
    }
    return [{ name, pool, launchedAt, readyAt, unhealthySince: lostAt, leaving: draining, pods: podsOf(name) }];
  });
  return [...fixed, ...changing];
}
