import type { Labels } from './labels.js';
import type { Taint } from './taint.js';

/** What a node offers to pods. Immutable, and the same object for all nodes of a pool. */
export interface NodeShape {
  /** What can be allocated to pods. */
  readonly cpuMillis: number;
  readonly memoryMiB: number;
  readonly maxPods: number;
  /** What daemon sets and neighbours take of the node besides; absent means nothing. */
  readonly reserved?: { readonly cpuMillis: number; readonly memoryMiB: number };
  /** Without the node's own name, which a plan adds. */
  readonly labels: Labels;
  readonly taints: readonly Taint[];
}
