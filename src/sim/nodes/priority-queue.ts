import type { PodRequirements } from '../../domain/scheduling/pod-requirements.js';
import type { Pod } from '../pods/pod.js';

/** Pods of one kind that wait, first created first. */
interface Line {
  readonly kind: PodRequirements;
  pods: Pod[];
  /** Those before it do not wait any more. */
  head: number;
  /** Those before it have been looked at in this pass. */
  cursor: number;
}

/** Pods that wait for a node: those of higher priority first, then those created first. */
export class PriorityQueue {
  private readonly lines = new Map<PodRequirements, Line>();
  /** Position of a waiting pod in the cluster's order of creation. */
  private readonly order = new Map<Pod, number>();
  private created = 0;

  /** Adds the newest pod. */
  add(pod: Pod, kind: PodRequirements): void {
    const line = this.lines.get(kind) ?? { kind, pods: [], head: 0, cursor: 0 };
    this.lines.set(kind, line);
    line.pods.push(pod);
    this.order.set(pod, this.created);
    this.created += 1;
  }

  /** A pod waits no more. */
  delete(pod: Pod): void {
    this.order.delete(pod);
  }

  /** Whether a pod waits. */
  has(pod: Pod): boolean {
    return this.order.has(pod);
  }

  /** How many wait. */
  get size(): number {
    return this.order.size;
  }

  /** A pass begins: every pod is to be looked at. */
  rewind(): void {
    for (const [kind, line] of this.lines) {
      while (line.head < line.pods.length && !this.waits(line.pods[line.head])) line.head += 1;
      if (line.head === line.pods.length) this.lines.delete(kind);
      else line.cursor = line.head;
    }
  }

  /** The next pod to look at, those of some kinds left out; null where there is none. It is looked at again until it is passed over. */
  next(without: ReadonlySet<PodRequirements>): { readonly pod: Pod; readonly kind: PodRequirements } | null {
    let first: { readonly pod: Pod; readonly kind: PodRequirements } | null = null;
    for (const line of this.lines.values()) {
      if (without.has(line.kind)) continue;
      const pod = this.current(line);
      if (pod !== null && (first === null || this.comesBefore({ pod, kind: line.kind }, first))) {
        first = { pod, kind: line.kind };
      }
    }
    return first;
  }

  /** The pod that was looked at goes on waiting. */
  passOver(kind: PodRequirements): void {
    const line = this.lines.get(kind);
    if (line !== undefined) line.cursor += 1;
  }

  private current(line: Line): Pod | null {
    while (line.cursor < line.pods.length && !this.waits(line.pods[line.cursor])) line.cursor += 1;
    return line.pods.at(line.cursor) ?? null;
  }

  private waits(pod: Pod): boolean {
    return pod.active && this.order.has(pod);
  }

  private comesBefore(
    one: { readonly pod: Pod; readonly kind: PodRequirements },
    other: { readonly pod: Pod; readonly kind: PodRequirements },
  ): boolean {
    const by = one.kind.priority - other.kind.priority;
    return by === 0 ? this.rank(one.pod) < this.rank(other.pod) : by > 0;
  }

  private rank(pod: Pod): number {
    return this.order.get(pod) ?? Infinity;
  }
}
