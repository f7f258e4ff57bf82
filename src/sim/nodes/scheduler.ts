import type { Micros } from '../../kernel/micros.js';
import type { Pod } from '../pods/pod.js';
import { chooseNode, whyNowhere } from './choose-node.js';
import type { Node } from './node.js';
import type { PodSize } from './pod-size.js';
import type { BindPace } from './bind-pace.js';
import { PendingLine } from './pending-line.js';
import type { Placements, PodScheduler } from './pod-scheduler.js';

/**
 * Gives pods a node, at once where there is room, otherwise in the order of their creation as soon as there is.
 *
 * For worlds in which pods ask for nothing but room and none goes before another. A pod that fits nowhere does not hold up later pods of another size, as in Kubernetes. One pass costs (placed + sizes) x nodes, however many pods wait.
 */
export class Scheduler implements PodScheduler {
  /** By what a pod takes of a node: pods that were made alike share the object. */
  private readonly lines = new Map<PodSize, PendingLine>();
  /** Position of a waiting pod in the cluster's order of creation. */
  private readonly order = new Map<Pod, number>();
  private created = 0;
  /** Admitted pods that may yet have to be told that they fit nowhere. */
  private untold: Pod[] = [];
  private pace: BindPace | null = null;

  constructor(
    /** Those that take pods of every workload; null means a platform without nodes, where every pod finds a place. */
    private readonly nodes: readonly Node[] | null,
    private readonly placements: Placements,
  ) {}

  /** The run begins: from now on pods are bound at a limited rate. */
  limit(pace: BindPace): void {
    this.pace = pace;
  }

  /** Takes new pods of one workload, in the order of their creation. */
  admit(pods: readonly Pod[], now: Micros): void {
    for (const pod of pods) {
      this.order.set(pod, this.created);
      this.created += 1;
      this.lineOf(pod.size).add(pod);
      this.untold.push(pod);
    }
    this.place(now);
  }

  /** A pod is gone: if it waited it no longer does, if it had a place there is room. */
  release(pod: Pod, now: Micros): void {
    this.order.delete(pod);
    if (pod.node === null) return;
    pod.node.give(pod.size);
    this.place(now);
  }

  /** There may be room: one pass over the waiting pods; where the pace stops it, it goes on when the next bind is due. */
  place(now: Micros): void {
    const blocked = new Set<PendingLine>();
    for (let line = this.next(blocked); line !== null; line = this.next(blocked)) {
      const pod = line.first();
      if (pod === null) break;
      const node = chooseNode(this.nodes ?? [], pod.size);
      if (node === null && this.nodes !== null) {
        blocked.add(line);
        continue;
      }
      if (this.pace?.holds(now, (at) => this.place(at)) === true) return;
      line.shift();
      this.order.delete(pod);
      node?.take(pod.size);
      this.placements.bound(pod, node, now);
    }
    this.tell(now);
  }

  /** After a whole pass, every pod that still waits fits nowhere. */
  private tell(now: Micros): void {
    const waiting = this.untold.filter((pod) => this.order.has(pod));
    this.untold = [];
    const reasons = new Map<PodSize, string>();
    for (const pod of waiting) {
      const reason = reasons.get(pod.size) ?? whyNowhere(this.nodes ?? [], pod.size);
      reasons.set(pod.size, reason);
      this.placements.unschedulable(pod, reason, now);
    }
  }

  /** The line whose first pod is the oldest, among those that are not known to be stuck. */
  private next(blocked: ReadonlySet<PendingLine>): PendingLine | null {
    if (this.order.size === 0) return null;
    let oldest: PendingLine | null = null;
    let rank = Infinity;
    for (const [size, line] of this.lines) {
      if (blocked.has(line)) continue;
      const pod = line.first();
      if (pod === null) {
        this.lines.delete(size);
        continue;
      }
      const position = this.order.get(pod) ?? Infinity;
      if (position >= rank) continue;
      oldest = line;
      rank = position;
    }
    return oldest;
  }

  private lineOf(size: PodSize): PendingLine {
    const line = this.lines.get(size) ?? new PendingLine();
    this.lines.set(size, line);
    return line;
  }
}
