import type { ClusterPlan } from '../../domain/scheduling/cluster-plan.js';
import type { NodePlan } from '../../domain/scheduling/node-plan.js';
import type { PlanPod } from '../../domain/scheduling/plan-pod.js';
import type { Refusal } from '../../domain/scheduling/refusal.js';
import type { Pod } from '../pods/pod.js';

interface Nomination {
  readonly pod: Pod;
  readonly planned: PlanPod;
  readonly node: NodePlan;
}

/** Pods for which others have been driven out of a node: the room there is promised to them. */
export class Nominations {
  private readonly all = new Map<Pod, Nomination>();
  private readonly byNode = new Map<NodePlan, readonly Nomination[]>();

  constructor(private readonly plan: ClusterPlan) {}

  /** Where a pod is promised a place; null where nowhere. */
  nodeOf(pod: Pod): NodePlan | null {
    return this.all.get(pod)?.node ?? null;
  }

  /** Promises a place; gives the pods of lower priority that were promised one there before and have lost it, as they may not fit any more. */
  add(pod: Pod, planned: PlanPod, node: NodePlan): readonly Pod[] {
    const { priority } = planned.requirements;
    const lost = this.on(node).filter((other) => other.planned.requirements.priority < priority);
    for (const other of lost) this.drop(other.pod);
    this.drop(pod);
    const made = { pod, planned, node };
    this.all.set(pod, made);
    this.byNode.set(node, [...this.on(node), made]);
    return lost.map((other) => other.pod);
  }

  /** The promise is kept, or void. Whether there was one. */
  drop(pod: Pod): boolean {
    const found = this.all.get(pod);
    if (found === undefined) return false;
    this.all.delete(pod);
    const rest = this.on(found.node).filter((other) => other !== found);
    if (rest.length > 0) this.byNode.set(found.node, rest);
    else this.byNode.delete(found.node);
    return true;
  }

  /**
   * Why a pod cannot be on a node; null where it can, both with the pods of at least its priority that are promised a place there and
   * without, since these may not come after all. Source: Kubernetes, `RunFilterPluginsWithNominatedPods`.
   */
  refusal(pod: PlanPod, node: NodePlan): Refusal | null {
    const { plan } = this;
    const others = this.on(node).filter(
      ({ planned }) => planned.name !== pod.name && planned.requirements.priority >= pod.requirements.priority,
    );
    if (others.length > 0) {
      plan.fork();
      for (const { planned } of others) plan.place(planned, node);
      const refusal = plan.refusal(pod, node);
      plan.revert();
      if (refusal !== null) return refusal;
    }
    return plan.refusal(pod, node);
  }

  private on(node: NodePlan): readonly Nomination[] {
    return this.byNode.get(node) ?? [];
  }
}
