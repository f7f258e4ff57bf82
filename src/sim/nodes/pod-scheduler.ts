import type { Micros } from '../../kernel/micros.js';
import type { Pod } from '../pods/pod.js';
import type { BindPace } from './bind-pace.js';
import type { Node } from './node.js';

/** What follows from a scheduler's findings. */
export interface Placements {
  /** The pod has a place; `node` is null on a platform without nodes. */
  bound(pod: Pod, node: Node | null, now: Micros): void;
  /** The pod fits nowhere at present. Told once a pod. */
  unschedulable(pod: Pod, reason: string, now: Micros): void;
}

/** Gives pods a node. */
export interface PodScheduler {
  /** The run begins: from now on pods are bound at a limited rate. */
  limit(pace: BindPace): void;
  /** Takes new pods of one workload, in the order of their creation. */
  admit(pods: readonly Pod[], now: Micros): void;
  /** A pod is gone: if it waited it no longer does, if it had a place there is room. */
  release(pod: Pod, now: Micros): void;
  /** There may be room. */
  place(now: Micros): void;
}
