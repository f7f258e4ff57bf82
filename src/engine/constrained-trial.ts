import type { EnginePods } from '../domain/engine-config.js';
import type { PlanPod } from '../domain/scheduling/plan-pod.js';
import { requirementsOf } from '../domain/scheduling/pod-constraints.js';
import { findPreemption } from '../domain/scheduling/preemption.js';
import type { PlacementTrial } from './allocate/allocation.js';
import { clusterInThought } from './allocate/node-scaling/cluster-in-thought.js';
import type { ScalingInput } from './ports/scaling-input.js';

/** Tries by the rules of scheduling whether pods find room on the nodes there are, also room that others would have to make. */
export class ConstrainedTrial implements PlacementTrial {
  private readonly thought: ReturnType<typeof clusterInThought>;

  constructor(private readonly input: ScalingInput) {
    const there = input.nodes.filter(({ readyAt }) => readyAt !== null);
    this.thought = clusterInThought({ ...input, pools: onlyThere(input), nodes: there, pending: [] });
  }

  /** Places up to `count` pods of a workload, driving out those of lower priority, and says how many found a place. */
  place(workload: EnginePods, count: number): number {
    const { name, cpuRequestMillis, memoryRequestMiB, scheduling } = workload;
    const size = { cpuMillis: cpuRequestMillis ?? 0, memoryMiB: memoryRequestMiB ?? 0 };
    const requirements = requirementsOf(name, size, scheduling);
    for (let i = 0; i < count; i += 1) {
      const state = { startedAt: this.input.now, deletionCost: 0, movable: true, daemon: false };
      if (!this.placeOne({ name: `${name}/new-${i}`, owner: name, requirements, ...state })) return i;
    }
    return count;
  }

  private placeOne(pod: PlanPod): boolean {
    const { plan } = this.thought;
    for (const node of plan.nodes()) {
      if (plan.refusal(pod, node) !== null) continue;
      plan.place(pod, node);
      return true;
    }
    const found = findPreemption(plan, pod, this.input.budgets);
    if (found === null) return false;
    for (const victim of found.victims) plan.take(victim, found.node);
    plan.place(pod, found.node);
    return true;
  }
}

/** Nodes that have been asked for and are not there yet are no room. */
function onlyThere({ pools, nodes }: ScalingInput): ScalingInput['pools'] {
  return pools.map((pool) => ({
    ...pool,
    specNodes: nodes.filter((node) => node.pool === pool.name && node.readyAt !== null && !node.leaving).length,
  }));
}
