import type { Micros } from '../../kernel/micros.js';
import type { PodRequirements } from './pod-requirements.js';

/** A pod as a scheduler or an autoscaler of nodes sees it. */
export interface PlanPod {
  /** Unique in the cluster. */
  readonly name: string;
  /** Workload it belongs to; pods without one are on their own. */
  readonly owner: string | null;
  readonly requirements: PodRequirements;
  /** When it was started; null where it was not. */
  readonly startedAt: Micros | null;
  /** The `pod-deletion-cost` of its annotation; 0 where there is none. */
  readonly deletionCost: number;
  /** Whether it may be moved by an autoscaler of nodes: not where an annotation forbids it, or nobody would make it anew. */
  readonly movable: boolean;
  /** Whether it goes with its node and is made on every node, as the pods of a DaemonSet. */
  readonly daemon: boolean;
}
