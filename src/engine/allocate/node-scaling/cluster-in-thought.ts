import { ClusterPlan } from '../../../domain/scheduling/cluster-plan.js';
import type { NodePlan } from '../../../domain/scheduling/node-plan.js';
import type { PlanPod } from '../../../domain/scheduling/plan-pod.js';
import type { ScalableNode, ScalablePool, ScalingInput } from '../../ports/scaling-input.js';

/** The cluster as it will be when what is under way has come about. */
export interface ClusterInThought {
  readonly plan: ClusterPlan;
  /** Pods that need a place: those that have none, and those on nodes that are leaving. */
  readonly waiting: readonly PlanPod[];
}

/**
 * Nodes on their way stand there empty, also those that have been asked for and have no name yet; nodes that are leaving have lost
 * their pods and take none, and nodes that are not well take none.
 */
export function clusterInThought(input: ScalingInput): ClusterInThought {
  const plan = new ClusterPlan();
  const pools = new Map(input.pools.map((pool) => [pool.name, pool]));
  const waiting = [...input.pending];
  const staying = new Map<string, number>();
  for (const node of input.nodes) {
    const pool = pools.get(node.pool);
    if (pool === undefined) continue;
    if (!node.leaving) staying.set(node.pool, (staying.get(node.pool) ?? 0) + 1);
    waiting.push(...addNode(plan, node, pool));
  }
  for (const { name, specNodes, shape } of input.pools) {
    const unnamed = specNodes - (staying.get(name) ?? 0);
    for (let i = 0; i < unnamed; i += 1) plan.addNode({ name: `${name}/asked-for-${i}`, pool: name, shape });
  }
  return { plan, waiting };
}

/** Adds a node and says which pods have to leave it. */
function addNode(plan: ClusterPlan, node: ScalableNode, { shape }: ScalablePool): readonly PlanPod[] {
  const goes = node.leaving;
  const planned = plan.addNode({ name: node.name, pool: node.pool, shape });
  const rest = goes ? node.pods.filter(({ daemon }) => daemon) : node.pods;
  for (const pod of rest) plan.place(pod, planned);
  if (goes || node.unhealthySince !== null) plan.close(planned);
  return goes ? node.pods.filter(({ daemon }) => !daemon) : [];
}

/** Where waiting pods would go. */
export interface Placement {
  /** Pods that fit nowhere. */
  readonly rest: readonly PlanPod[];
  /** Nodes that pods are waiting for. */
  readonly nominated: ReadonlySet<string>;
}

/** Places pods on the nodes there are, those of higher priority first, and says which fit nowhere. */
export function placeWaiting({ plan, waiting }: ClusterInThought): Placement {
  const queue = [...waiting].sort((a, b) => b.requirements.priority - a.requirements.priority);
  const rest: PlanPod[] = [];
  const nominated = new Set<string>();
  const nodes = [...plan.nodes()];
  // Where one pod of a kind fitted nowhere the next one does not either, unless pods that have come since let it.
  const hopeless = new Set<PlanPod['requirements']>();
  for (const pod of queue) {
    const node = hopeless.has(pod.requirements) ? undefined : nodes.find((found) => plan.refusal(pod, found) === null);
    if (node === undefined) {
      rest.push(pod);
      if (isIndependent(pod)) hopeless.add(pod.requirements);
      continue;
    }
    plan.place(pod, node);
    nominated.add(node.name);
  }
  return { rest, nominated };
}

/** Places pods elsewhere than on some nodes; null, and nothing placed, where one of them fits nowhere. */
export function placeElsewhere(plan: ClusterPlan, pods: readonly PlanPod[], nodes: readonly NodePlan[]): boolean {
  plan.fork();
  for (const pod of pods) {
    const node = nodes.find((found) => plan.refusal(pod, found) === null);
    if (node === undefined) {
      plan.revert();
      return false;
    }
    plan.place(pod, node);
  }
  plan.keep();
  return true;
}

function isIndependent({ requirements: { spread, affinity } }: PlanPod): boolean {
  return spread.length === 0 && affinity.length === 0;
}
