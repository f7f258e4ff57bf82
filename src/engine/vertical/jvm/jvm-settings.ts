import type { UpdaterSettings, VpaSettings } from '../vpa/vpa-settings.js';
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

/** How recommendations for a JVM reach pods. */
export interface JvmPolicySettings extends JvmSettings {
  /** Nothing changes before pods have been seen for so long. */
  readonly settleMicros: number;
  /** What pods are created with stays while it is off the recommendation by no more than this share. */
  readonly tolerance: number;
  /** After a container ran out of memory it gets so many times its limit, for a half-life. */
  readonly bumpUpRatio: number;
  readonly updater: UpdaterSettings;
  /** How CPU is recommended beside; absent means that it stays as the manifest has it. */
  readonly cpu?: VpaSettings;
}
