import { Bug } from '../../domain/errors.js';
import { ClusterPlan } from '../../domain/scheduling/cluster-plan.js';
import type { NodePlan } from '../../domain/scheduling/node-plan.js';
import type { NodeShape } from '../../domain/scheduling/node-shape.js';
import type { PlanPod } from '../../domain/scheduling/plan-pod.js';
import { type PodConstraints, requirementsOf } from '../../domain/scheduling/pod-constraints.js';
import type { PodRequirements } from '../../domain/scheduling/pod-requirements.js';
import type { NodePoolSpec } from '../../domain/world-spec.js';
import type { Micros } from '../../kernel/micros.js';
import type { Pod } from '../pods/pod.js';
import type { Node } from './node.js';
import type { PodSize } from './pod-size.js';

/** The nodes and bound pods of the simulated cluster as the rules of scheduling see them, in step with them. */
export class PlannedNodes {
  readonly plan = new ClusterPlan();
  /** Grows whenever a bound pod comes, goes or changes. */
  version = 0;
  private readonly nodes = new Map<NodePlan, Node>();
  private readonly pods = new Map<Pod, { pod: PlanPod; readonly node: NodePlan }>();
  private readonly owners = new Map<PlanPod, Pod>();
  private readonly shapes = new Map<NodePoolSpec, NodeShape>();
  private readonly kinds = new Map<string, Map<PodSize, PodRequirements>>();
  private readonly leaving = new Map<PodRequirements, PodRequirements>();
  /** Bound pods by priority. */
  private readonly byPriority = new Map<number, number>();

  constructor(private readonly constraintsOf: (workload: string) => PodConstraints | undefined) {}

  /** Takes in what has become of nodes: which are there, and which take pods. One that is gone for good is a domain until its pods are gone. */
  sync(nodes: readonly Node[]): void {
    const there = new Set(nodes);
    for (const [planned, node] of this.nodes) {
      const gone = !there.has(node) || (node.lost && node.removedAt !== null);
      if (!gone || planned.pods.length > 0) continue;
      this.plan.removeNode(planned);
      this.nodes.delete(planned);
    }
    for (const node of nodes) this.syncNode(node);
  }

  /** What the pods of a pod's workload that are of its size need; always the same object, as what is counted is kept by it. */
  kindOf({ workload, size }: Pod): PodRequirements {
    const sizes = this.kinds.get(workload) ?? new Map<PodSize, PodRequirements>();
    this.kinds.set(workload, sizes);
    const known = sizes.get(size);
    if (known !== undefined) return known;
    const asked = requirementsOf(workload, size, this.constraintsOf(workload));
    const kind: PodRequirements = size.bestEffort ? { ...asked, bestEffort: true } : asked;
    sizes.set(size, kind);
    return kind;
  }

  /** A pod as the rules see it. */
  planned(pod: Pod, startedAt: Micros | null = null): PlanPod {
    const { name, workload: owner } = pod;
    const state = { startedAt, deletionCost: 0, movable: true, daemon: false };
    return { name, owner, requirements: this.kindOf(pod), ...state };
  }

  /** A pod was bound to a node. */
  bind(pod: Pod, node: NodePlan, now: Micros): void {
    this.put(pod, this.planned(pod, now), node);
    this.count(pod, 1);
  }

  /** A bound pod is gone; no effect on one that is not. */
  release(pod: Pod): void {
    const found = this.pods.get(pod);
    if (found === undefined) return;
    this.drop(pod, found);
    this.count(pod, -1);
  }

  /** A bound pod was resized, or asked to stop; no effect on one that is not bound. */
  changed(pod: Pod): void {
    const found = this.pods.get(pod);
    if (found === undefined) return;
    const kind = this.kindOf(pod);
    const requirements = pod.terminatingAt === null ? kind : this.leavingKind(kind);
    this.drop(pod, found);
    this.put(pod, { ...found.pod, requirements }, found.node);
  }

  /** The node that stands for a planned one. */
  nodeOf(planned: NodePlan): Node {
    return this.nodes.get(planned) ?? missing(planned.name);
  }

  /** The pod that stands for a planned one. */
  podOf(planned: PlanPod): Pod {
    return this.owners.get(planned) ?? missing(planned.name);
  }

  /** Whether any bound pod is of lower priority. */
  hasBelow(priority: number): boolean {
    for (const [lower, count] of this.byPriority) if (lower < priority && count > 0) return true;
    return false;
  }

  private syncNode(node: Node): void {
    let planned = this.plan.node(node.name);
    if (planned === null) {
      if (node.lost) return;
      planned = this.plan.addNode({ name: node.name, pool: node.pool.name, shape: this.shapeOf(node.pool) });
      this.nodes.set(planned, node);
    }
    const open = !node.lost && !node.cordoned;
    if (planned.open !== open) {
      if (open) this.plan.open(planned);
      else this.plan.close(planned);
    }
    [planned.keptCpuMillis, planned.keptMemoryMiB] = [node.keptCpuMillis, node.keptMemoryMiB];
    planned.lowOnMemory = node.pressureSeenAt !== null;
  }

  private shapeOf(pool: NodePoolSpec): NodeShape {
    const { cpuMillis, memoryMiB, maxPods, labels = {}, taints = [] } = pool;
    const shape = this.shapes.get(pool) ?? { cpuMillis, memoryMiB, maxPods, labels, taints };
    this.shapes.set(pool, shape);
    return shape;
  }

  private leavingKind(kind: PodRequirements): PodRequirements {
    const leaving = this.leaving.get(kind) ?? { ...kind, terminating: true };
    this.leaving.set(kind, leaving);
    return leaving;
  }

  private put(pod: Pod, planned: PlanPod, node: NodePlan): void {
    this.version += 1;
    this.plan.place(planned, node);
    this.pods.set(pod, { pod: planned, node });
    this.owners.set(planned, pod);
  }

  private drop(pod: Pod, { pod: planned, node }: { readonly pod: PlanPod; readonly node: NodePlan }): void {
    this.version += 1;
    this.plan.take(planned, node);
    this.pods.delete(pod);
    this.owners.delete(planned);
  }

  private count(pod: Pod, change: 1 | -1): void {
    const { priority } = this.kindOf(pod);
    this.byPriority.set(priority, (this.byPriority.get(priority) ?? 0) + change);
  }
}

function missing(name: string): never {
  throw new Bug(`the planned cluster must know ${name}, and does not`);
}
