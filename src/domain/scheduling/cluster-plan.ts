import { Bug } from '../errors.js';
import { NodePlan } from './node-plan.js';
import type { NodeShape } from './node-shape.js';
import type { PlanPod } from './plan-pod.js';
import { type Refusal, refusalOf } from './refusal.js';
import { TopologyIndex } from './topology-index.js';

/** What a new node is. */
export interface NewNode {
  /** Unique in the plan. */
  readonly name: string;
  readonly pool: string | null;
  readonly shape: NodeShape;
}

/**
 * Nodes and the pods on them, where placements can be tried and taken back.
 *
 * `fork` begins a trial, `revert` takes back what has been done since the last fork, `keep` lets it stand; trials may be nested. A
 * change costs as much as there are kinds of pods that count others, whatever the number of nodes.
 */
export class ClusterPlan {
  private readonly byName = new Map<string, NodePlan>();
  private readonly topology = new TopologyIndex({ [Symbol.iterator]: () => this.byName.values() });
  private readonly done: (() => void)[] = [];
  private readonly forks: number[] = [];

  /** In the order in which they came. */
  nodes(): Iterable<NodePlan> {
    return this.byName.values();
  }

  /** A node by its name; null where there is none. */
  node(name: string): NodePlan | null {
    return this.byName.get(name) ?? null;
  }

  /** Adds an empty node. */
  addNode({ name, pool, shape }: NewNode): NodePlan {
    if (this.byName.has(name)) throw new Bug(`two nodes of a plan are called ${name}`);
    const node = new NodePlan(name, pool, shape);
    this.byName.set(name, node);
    this.topology.nodeChanged(node, true);
    this.note(() => {
      this.topology.nodeChanged(node, false);
      this.byName.delete(name);
    });
    return node;
  }

  /** Takes away a node that has no pods: it is no domain any more. */
  removeNode(node: NodePlan): void {
    if (node.pods.length > 0) throw new Bug(`node ${node.name} has pods and cannot go`);
    this.byName.delete(node.name);
    this.topology.nodeChanged(node, false);
    this.note(() => {
      this.byName.set(node.name, node);
      this.topology.nodeChanged(node, true);
    });
  }

  /** Places a pod without asking whether it fits. */
  place(pod: PlanPod, node: NodePlan): void {
    this.insert(pod, node, node.pods.length);
    this.note(() => {
      this.extract(pod, node);
    });
  }

  /** Takes a pod from its node. */
  take(pod: PlanPod, node: NodePlan): void {
    const at = this.extract(pod, node);
    this.note(() => {
      this.insert(pod, node, at);
    });
  }

  /** Lets a node take no more pods. It still is a domain, as a node that is being drained is for the scheduler. */
  close(node: NodePlan): void {
    this.turnSign(node, false);
  }

  /** Lets a node take pods again. */
  open(node: NodePlan): void {
    this.turnSign(node, true);
  }

  /** Makes another node of one that has no pods, as while it is not yet decided which. */
  reshape(node: NodePlan, pool: string | null, shape: NodeShape): void {
    if (node.pods.length > 0) throw new Bug(`node ${node.name} has pods and cannot become another`);
    const [poolBefore, shapeBefore] = [node.pool, node.shape];
    this.turn(node, pool, shape);
    this.note(() => {
      this.turn(node, poolBefore, shapeBefore);
    });
  }

  /** Why a pod cannot be on a node as things stand; null where it can. */
  refusal(pod: PlanPod, node: NodePlan): Refusal | null {
    return refusalOf(pod.requirements, node, this.topology);
  }

  /** Counts of pods by domain. */
  get counts(): TopologyIndex {
    return this.topology;
  }

  /** Begins a trial. */
  fork(): void {
    this.forks.push(this.done.length);
  }

  /** Takes back what has been done since the last fork. */
  revert(): void {
    const length = this.endFork();
    while (this.done.length > length) this.done.pop()?.();
  }

  /** Lets what has been done since the last fork stand. */
  keep(): void {
    this.endFork();
    if (this.forks.length === 0) this.done.length = 0;
  }

  private turnSign(node: NodePlan, open: boolean): void {
    const before = node.open;
    node.open = open;
    this.note(() => {
      node.open = before;
    });
  }

  private turn(node: NodePlan, pool: string | null, shape: NodeShape): void {
    this.topology.nodeChanged(node, false);
    node.become(pool, shape);
    this.topology.nodeChanged(node, true);
  }

  private endFork(): number {
    const length = this.forks.pop();
    if (length === undefined) throw new Bug('a trial ends that has not begun');
    return length;
  }

  private note(undo: () => void): void {
    if (this.forks.length > 0) this.done.push(undo);
  }

  private insert(pod: PlanPod, node: NodePlan, at: number): void {
    node.insert(pod, at);
    this.topology.podChanged(pod, node, 1);
  }

  private extract(pod: PlanPod, node: NodePlan): number {
    const at = node.extract(pod);
    if (at < 0) throw new Bug(`pod ${pod.name} is not on node ${node.name}`);
    this.topology.podChanged(pod, node, -1);
    return at;
  }
}
