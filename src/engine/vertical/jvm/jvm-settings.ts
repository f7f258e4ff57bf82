import type { HeapRule } from './heap-rule.js';
import type { HeapShare } from './heap-to-container.js';

/** How memory is recommended for a JVM. */
export interface JvmSettings {
  readonly heapRule: HeapRule;
  readonly heapShare: HeapShare;
  /** Share added to the sum of heap and rest, for what no region counts: native libraries, the JVM's own structures. */
  readonly headroom: number;
  /** Share of the live sets seen that is covered. */
  readonly percentile: number;
  readonly halfLifeMicros: number;
  /** One peak a pod and interval. */
  readonly intervalMicros: number;
  readonly minContainerMiB: number;
}
