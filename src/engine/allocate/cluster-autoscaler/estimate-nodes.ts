import { type ClusterPlan, type NewNode } from '../../../domain/scheduling/cluster-plan.js';
import { HOSTNAME_LABEL } from '../../../domain/scheduling/labels.js';
import type { NodePlan } from '../../../domain/scheduling/node-plan.js';
import type { PlanPod } from '../../../domain/scheduling/plan-pod.js';
import { NodeLimiter } from './node-limiter.js';
import { orderGroups } from './order-groups.js';
import type { PodGroup } from './pod-groups.js';

/** What pods need of a pool. */
export interface Estimate {
  /** Nodes that pods were placed on: the new ones, and old ones that could take a pod only once there were new ones. */
  readonly nodeCount: number;
  /** New ones of them. */
  readonly newNodes: number;
  /** Pods that found a place, in the order in which they did. */
  readonly pods: readonly PlanPod[];
}

/**
 * How many nodes of one template pods need, as the cluster autoscaler's `BinpackingNodeEstimator` finds it: groups with larger pods
 * first; the pods of a group go to nodes added before, first fit from the last hit on, until one fits none; then to the node added
 * last, and where that is full to another new one. The plan is as before afterwards.
 */
export function estimateNodes(
  plan: ClusterPlan,
  groups: readonly PodGroup[],
  template: Omit<NewNode, 'name'>,
  maxNodes: number,
): Estimate {
  const packing = new Packing(plan, template, new NodeLimiter(maxNodes));
  plan.fork();
  for (const group of orderGroups(groups, template.shape)) packing.pack(group);
  plan.revert();
  return packing.estimate();
}

class Packing {
  private readonly added: NodePlan[] = [];
  private readonly used = new Set<NodePlan>();
  private readonly placed: PlanPod[] = [];
  private last: NodePlan | null = null;
  private mayAdd = true;
  /** Where the search for a place begins: behind the last hit. */
  private from = 0;

  constructor(
    private readonly plan: ClusterPlan,
    private readonly template: Omit<NewNode, 'name'>,
    private readonly limiter: NodeLimiter,
  ) {}

  pack(group: PodGroup): void {
    const packed = this.onAddedNodes(group);
    if (this.mayAdd) this.mayAdd = this.onNewNodes(group.slice(packed));
  }

  estimate(): Estimate {
    const newNodes = this.added.filter((node) => this.used.has(node)).length;
    return { nodeCount: this.used.size, newNodes, pods: this.placed };
  }

  /** How many pods, from the first on, found a place on nodes added before; they are alike, so that the first that does not ends it. */
  private onAddedNodes(group: PodGroup): number {
    if (this.added.length === 0) return 0;
    const rest = group.findIndex((pod) => !this.onAny(pod, this.added));
    return rest < 0 ? group.length : rest;
  }

  /** False where no more nodes may be added, for any group. */
  private onNewNodes(pods: PodGroup): boolean {
    for (const pod of pods) {
      if (this.onLast(pod)) continue;
      // An empty node that does not take the pod: another one would not either.
      if (this.last !== null && !this.used.has(this.last)) return true;
      if (!this.limiter.permit()) return false;
      this.last = this.addNode();
      if (!this.tryPlace(pod, this.last)) return true;
    }
    return true;
  }

  /** Where pods are spread by node, a new node may make room on old ones. */
  private onLast(pod: PlanPod): boolean {
    const { last } = this;
    if (last === null) return false;
    const refusal = this.plan.refusal(pod, last);
    if (refusal === null) {
      this.put(pod, last);
      return true;
    }
    if (refusal !== 'topology-spread' || !isSpreadByNode(pod)) return false;
    return this.onAny(
      pod,
      [...this.plan.nodes()].filter((node) => node !== last),
    );
  }

  private onAny(pod: PlanPod, nodes: readonly NodePlan[]): boolean {
    for (let i = 0; i < nodes.length; i += 1) {
      const at = (this.from + i) % nodes.length;
      if (!this.tryPlace(pod, nodes[at])) continue;
      this.from = (at + 1) % nodes.length;
      return true;
    }
    return false;
  }

  private tryPlace(pod: PlanPod, node: NodePlan): boolean {
    if (this.plan.refusal(pod, node) !== null) return false;
    this.put(pod, node);
    return true;
  }

  private put(pod: PlanPod, node: NodePlan): void {
    this.plan.place(pod, node);
    this.used.add(node);
    this.placed.push(pod);
  }

  private addNode(): NodePlan {
    const node = this.plan.addNode({ ...this.template, name: `estimate-${this.added.length}` });
    this.added.push(node);
    return node;
  }
}

function isSpreadByNode({ requirements }: PlanPod): boolean {
  return requirements.spread.some(({ topologyKey }) => topologyKey === HOSTNAME_LABEL);
}
