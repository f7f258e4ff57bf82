import type { PodSpec } from '../../domain/world-spec.js';
import type { Micros } from '../../kernel/micros.js';
import type { CutCause } from '../data-plane.js';
import type { Pod } from './pod.js';

/** Which pods of a workload leave first when there are too many, and how long they may take, where somebody has said so. */
export class DrainRules {
  private ranks: ReadonlyMap<string, number> = new Map();
  private deadline: Micros | null = null;

  /** It holds for what is taken away from now on. */
  set(order: readonly string[], deadline: Micros | null): void {
    this.ranks = new Map(order.map((pod, rank) => [pod, rank]));
    this.deadline = deadline;
  }

  /** Whether there is an order. */
  get orders(): boolean {
    return this.ranks.size > 0;
  }

  /** What it costs to take a pod away, as the annotation pod-deletion-cost: its rank, the same for all that are not in the order. */
  costOf({ name }: Pod): number {
    return this.ranks.get(name) ?? this.ranks.size;
  }

  /** How a pod stops that is taken away on account of `cause`: a DELETE may carry a grace period of its own. */
  of({ spec: { termination } }: Pod, cause: CutCause): PodSpec['termination'] {
    if (this.deadline === null || cause !== 'scaling') return termination;
    return { ...termination, graceMicros: this.deadline };
  }
}
