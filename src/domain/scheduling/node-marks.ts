import type { Labels } from './labels.js';
import { type NodeWishes, wantsNode } from './node-affinity.js';
import { repellingTaint, type Taint, type Toleration } from './taint.js';

/** What pods may ask for of the nodes of a pool, and what keeps pods away from them. */
export interface NodeMarks {
  /** Zone and type among them, the node's own name not; absent where no pod asks for any. */
  readonly labels?: Labels;
  /** Absent means none. */
  readonly taints?: readonly Taint[];
}

/** Whether nodes with these marks could ever take a pod, room and other pods left aside. */
export function mayTake(
  { labels = {}, taints = [] }: NodeMarks,
  pod: NodeWishes & { readonly tolerations?: readonly Toleration[] },
): boolean {
  return wantsNode(pod, labels) && repellingTaint(pod.tolerations ?? [], taints) === null;
}
