import { bestNode } from '../../domain/scheduling/node-score.js';
import type { DisruptionBudget } from '../../domain/scheduling/disruption-budget.js';
import type { NodePlan } from '../../domain/scheduling/node-plan.js';
import type { PlanPod } from '../../domain/scheduling/plan-pod.js';
import type { PodConstraints } from '../../domain/scheduling/pod-constraints.js';
import type { PodRequirements } from '../../domain/scheduling/pod-requirements.js';
import { findPreemption } from '../../domain/scheduling/preemption.js';
import type { Refusal } from '../../domain/scheduling/refusal.js';
import type { Micros } from '../../kernel/micros.js';
import type { Pod } from '../pods/pod.js';
import type { BindPace } from './bind-pace.js';
import type { Node } from './node.js';
import { NodeSearch } from './node-search.js';
import { Nominations } from './nominations.js';
import { PlannedNodes } from './planned-nodes.js';
import type { Placements, PodScheduler } from './pod-scheduler.js';
import { PriorityQueue } from './priority-queue.js';
import { whyRefused } from './why-refused.js';

/** What follows besides where some pods go before others. */
export interface PriorityPlacements extends Placements {
  /** A pod is promised room on a node; null where it no longer is. */
  nominated(pod: Pod, node: Node | null, now: Micros): void;
  /** Pods have to make room for another. They get their grace, and their controllers replace them. */
  preempt(victims: readonly Pod[], by: Pod, now: Micros): void;
}

/** What a constrained scheduler asks of the cluster. */
export interface ConstrainedParts {
  /** Those that take pods of every workload. */
  readonly nodes: readonly Node[];
  readonly placements: PriorityPlacements;
  /** What the pods of a workload ask for. */
  readonly constraintsOf: (workload: string) => PodConstraints | undefined;
  /** What disruption budgets allow at present. */
  readonly budgets: () => readonly DisruptionBudget[];
}

/**
 * Gives pods a node as kube-scheduler does: the one of highest priority first, then the oldest; nodes are filtered, then scored. A pod that
 * fits nowhere drives out the cheapest pods of lower priority on one node, is promised the room there, and waits until they are gone.
 *
 * Source: Kubernetes, pkg/scheduler, default profile. One that fits nowhere is tried again whenever there may be room, without a back-off.
 */
export class ConstrainedScheduler implements PodScheduler {
  private readonly cluster: PlannedNodes;
  private readonly queue = new PriorityQueue();
  private readonly nominations: Nominations;
  private readonly search = new NodeSearch();
  /** Kinds of pods that fitted nowhere in this pass, and in which version of the cluster. */
  private readonly nowhere = new Map<PodRequirements, number>();
  /** Driven out, and not gone yet. */
  private readonly victims = new Set<Pod>();
  /** Admitted pods that may yet have to be told that they fit nowhere. */
  private untold: Pod[] = [];
  private pace: BindPace | null = null;
  private passing = false;
  private again = false;

  constructor(private readonly parts: ConstrainedParts) {
    this.cluster = new PlannedNodes(parts.constraintsOf);
    this.nominations = new Nominations(this.cluster.plan);
  }

  limit(pace: BindPace): void {
    this.pace = pace;
  }

  admit(pods: readonly Pod[], now: Micros): void {
    for (const pod of pods) {
      this.queue.add(pod, this.cluster.kindOf(pod));
      this.untold.push(pod);
    }
    this.place(now);
  }

  release(pod: Pod, now: Micros): void {
    this.queue.delete(pod);
    this.nominations.drop(pod);
    this.victims.delete(pod);
    if (pod.node === null) return;
    pod.node.give(pod.size);
    this.cluster.release(pod);
    this.place(now);
  }

  /** A bound pod was resized, or asked to stop. */
  changed(pod: Pod): void {
    this.cluster.changed(pod);
  }

  /** There may be room: passes over the waiting pods, as long as one makes room itself. */
  place(now: Micros): void {
    if (this.passing) {
      this.again = true;
      return;
    }
    if (this.queue.size === 0) return;
    this.passing = true;
    let complete: boolean;
    do {
      this.again = false;
      complete = this.pass(now);
    } while (this.again);
    this.passing = false;
    if (complete) this.tell(now);
  }

  /** False where the pace stops it; it goes on when the next bind is due. */
  private pass(now: Micros): boolean {
    this.cluster.sync(this.parts.nodes);
    this.search.over([...this.cluster.plan.nodes()]);
    this.queue.rewind();
    this.nowhere.clear();
    const stuck = new Set<PodRequirements>();
    for (let next = this.queue.next(stuck); next !== null; next = this.queue.next(stuck)) {
      const { pod, kind } = next;
      const planned = this.cluster.planned(pod);
      const node = this.find(pod, planned);
      if (node !== null) {
        if (this.pace?.holds(now, (at) => this.place(at)) === true) return false;
        this.bind(pod, node, now);
        for (const other of stuck) if (other.spread.length + other.affinity.length > 0) stuck.delete(other);
      } else if (this.awaitsVictims(pod, kind) || this.makeRoom(pod, planned, now)) this.queue.passOver(kind);
      else {
        if (this.nominations.drop(pod)) {
          this.nowhere.clear();
          this.parts.placements.nominated(pod, null, now);
        }
        stuck.add(kind);
      }
    }
    return true;
  }

  /** The node that it is promised goes first. Where one pod of a kind fitted nowhere, the next one has nothing but its promise. */
  private find(pod: Pod, planned: PlanPod): NodePlan | null {
    const promised = this.nominations.nodeOf(pod);
    if (promised !== null && this.refusal(planned, promised) === null) return promised;
    const { plan, version } = this.cluster;
    if (this.nowhere.get(planned.requirements) === version) return null;
    const fitting = this.search.fitting((node) => this.refusal(planned, node) === null);
    if (fitting.length === 0) this.nowhere.set(planned.requirements, version);
    return bestNode(plan, planned, fitting, 'least-allocated');
  }

  private refusal(planned: PlanPod, node: NodePlan): Refusal | null {
    return this.nominations.refusal(planned, node);
  }

  private bind(pod: Pod, planned: NodePlan, now: Micros): void {
    const node = this.cluster.nodeOf(planned);
    this.queue.delete(pod);
    this.nominations.drop(pod);
    this.cluster.bind(pod, planned, now);
    node.take(pod.size);
    this.parts.placements.bound(pod, node, now);
  }

  /** Whether those that it has driven out are still on their way; nobody else is meanwhile. */
  private awaitsVictims(pod: Pod, { priority }: PodRequirements): boolean {
    const node = this.nominations.nodeOf(pod);
    if (node === null || !node.open) return false;
    return node.pods.some(
      (other) => other.requirements.priority < priority && this.victims.has(this.cluster.podOf(other)),
    );
  }

  private makeRoom(pod: Pod, planned: PlanPod, now: Micros): boolean {
    const { cluster, nominations, parts } = this;
    if (!planned.requirements.preempts || !cluster.hasBelow(planned.requirements.priority)) return false;
    const refusalOf = (one: PlanPod, node: NodePlan): Refusal | null => this.refusal(one, node);
    const found = findPreemption(cluster.plan, planned, parts.budgets(), refusalOf);
    if (found === null) return false;
    const victims = found.victims.map((victim) => cluster.podOf(victim)).filter((victim) => victim.active);
    for (const victim of victims) this.victims.add(victim);
    const isNew = nominations.nodeOf(pod) !== found.node;
    for (const other of nominations.add(pod, planned, found.node)) parts.placements.nominated(other, null, now);
    if (isNew) parts.placements.nominated(pod, cluster.nodeOf(found.node), now);
    if (victims.length > 0) parts.placements.preempt(victims, pod, now);
    return true;
  }

  /** After a whole pass, every pod that still waits fits nowhere, at least not yet. */
  private tell(now: Micros): void {
    const waiting = this.untold.filter((pod) => this.queue.has(pod));
    this.untold = [];
    if (waiting.length === 0) return;
    const nodes = [...this.cluster.plan.nodes()].filter((node) => !this.cluster.nodeOf(node).lost);
    const reasons = new Map<PodRequirements, string>();
    for (const pod of waiting) {
      const kind = this.cluster.kindOf(pod);
      const refusalOf = (one: PlanPod, node: NodePlan): Refusal | null => this.refusal(one, node);
      const reason = reasons.get(kind) ?? whyRefused(this.cluster.planned(pod), nodes, refusalOf);
      reasons.set(kind, reason);
      this.parts.placements.unschedulable(pod, reason, now);
    }
  }
}
